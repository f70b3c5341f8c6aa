"""A comparison as a document: what differs in and out, how sure that is, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from model.comparison.rows import Column, are_of_one_network, figure_rows, input_rows
from model.engine.kept import MedianRun
from model.exports.document import Block, Bullets, Document, Paragraph, Section, Table
from model.exports.impact import Terms, closing, opening
from model.words.futures_sentences import basis_sentence

OF_NETWORKS = (
    "These columns are of different networks: amounts are an index of each one's own first day (100), shares and rates "
    "are as they are."
)


def comparison_document(
    shown: Sequence[Column], references: Sequence[Column], words: Sequence[str], terms: Terms
) -> Document:
    """The columns of a comparison, the baseline first.

    Parameters
    ----------
    references
        What each column is held against.
    words
        Sentences about the picked chart, one per column.
    """
    kept = shown[1:]
    scenarios, letters = [column.scenario for column in kept], [column.letter for column in kept]
    names = [f"{column.letter}: {column.name}" for column in kept]
    figures = [
        [f"{row.measure.title}, {row.years} {'year' if row.years == 1 else 'years'}", *(f.text for f in row.figures)]
        for row in figure_rows(shown, references)
    ]
    inputs = [[row.label, *row.cells] for row in input_rows([column.scenario for column in shown])]
    head = [column.letter for column in shown]
    abstract: list[Block] = [Bullets(names), Bullets(words)] if words else [Bullets(names)]
    if not are_of_one_network(shown):
        abstract.append(Paragraph(OF_NETWORKS))
    run = shown[0].run
    sure = [Paragraph(basis_sentence(run, scenarios[0], terms.seed))] if isinstance(run, MedianRun) else []
    sections = [
        Section("Abstract", [*abstract, *sure]),
        Section("Inputs that differ", [Table(["Input", *head], inputs)] if inputs else []),
        Section("Key figures", [Table(["Key figure", *head], figures)] if figures else []),
        *closing(scenarios, terms),
    ]
    title = "Comparison of " + ", ".join(column.name for column in kept)
    return Document(title, opening(scenarios, terms, letters), sections)
