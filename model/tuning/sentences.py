"""What a tuning question came to, in sentences: how much of the box holds, where, what binds, what is nearest."""

from __future__ import annotations

from model.parameters import ParameterKey, parameter_keys
from model.scenario.changes import changes_of
from model.scenario.scenario import Scenario
from model.tuning.answer import TuneAnswer
from model.tuning.lever_box import LeverRange
from model.tuning.nearest_setting import Nearest
from model.tuning.robust_zone import RobustZone
from model.tuning.sample import Sampled, TuneQuestion
from model.tuning.trade_off import front
from model.words.text import percent
from model.words.value_words import change_words, count_words, lowered, value_words


def _keys(question: TuneQuestion) -> dict[str, ParameterKey]:
    return parameter_keys(question.scenario.structure)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def lever_names(question: TuneQuestion) -> str:
    """Levers of the box inside a sentence."""
    keys = _keys(question)
    return _listed([lowered(keys[key].label) for key in question.box.keys])


def all_goals(question: TuneQuestion) -> str:
    """The goals inside a sentence: "both goals"."""
    count = len(question.goals)
    return {1: "the goal", 2: "both goals"}.get(count, f"all {count} goals")


def headline(answer: TuneAnswer) -> str:
    """How much of the box holds every goal."""
    sample, question = answer.sample, answer.sample.question
    count, held = len(sample.settings), int(sample.met.sum())
    lead = f"Of {count:,} settings of {lever_names(question)}"
    if not held:
        return f"{lead}, none would hold {all_goals(question)}."
    return f"{lead}, {held:,} ({percent(held / count)}) would hold {all_goals(question)}."


def picture_sentence(answer: TuneAnswer, across: str, up: str) -> str:
    """What the picture of two levers shows: where settings that hold every goal lie, and how the rest is drawn."""
    keys, sample = _keys(answer.sample.question), answer.sample
    how = "Full circles hold every goal, hollow ones some, crosses none."
    if not sample.met.any():
        return f"No full circle: {how[0].lower()}{how[1:]}"
    told = [_span(sample, key, keys[key]) for key in dict.fromkeys((across, up))]
    return f"Settings that hold have {_listed(told)}. {how}"


def _span(sample: Sampled, key: str, concrete: ParameterKey) -> str:
    """Between which values of one lever settings that hold lie."""
    held = sample.settings[sample.met, list(sample.question.box.keys).index(key)]
    low, high = (value_words(concrete, float(value)) for value in (held.min(), held.max()))
    return f"{lowered(concrete.label)} from {low} to {high}"


def unpaid_sentence(sample: Sampled) -> str:
    """How many settings nobody could pay for; empty where there are none."""
    unpaid = int((~sample.feasible).sum())
    if not unpaid:
        return ""
    why = next(reason for reason in sample.reasons if reason)
    return f"{count_words(unpaid, 'setting')} could not be paid for and count as not holding. The first: {why}"


def zone_sentence(answer: TuneAnswer) -> str:
    """The robust zone in one sentence, with the share that fresh settings in fresh futures came to."""
    zone, question = answer.zone, answer.sample.question
    if not answer.sample.met.any():
        return "There is no robust zone, because no setting of the sample holds."
    if zone is None:
        return (
            "There is no robust zone: settings that hold lie scattered, and no part of the box is dense enough with "
            "them."
        )
    low, high = zone.interval
    checked = f"{percent(zone.share)} ({percent(low)} to {percent(high)}) of fresh settings in fresh futures"
    hold = "hold" if len(question.goals) == 1 else "hold them all"
    if not zone.limited:
        return f"The whole box is robust: {checked} {hold}."
    ranges = [_range_words(question, own) for own in zone.box.ranges if own.key in zone.limited]
    return f"Robust zone: {' with '.join(ranges)}. Inside, {checked} {hold}."


def _range_words(question: TuneQuestion, own: LeverRange) -> str:
    """One lever's ends: "burn share from 7.2% to 30%", "emission at most 0.94 times today's schedule"."""
    concrete = _keys(question)[own.key]
    whole = next(first for first in question.box.ranges if first.key == own.key)
    label, low, high = lowered(concrete.label), value_words(concrete, own.low), value_words(concrete, own.high)
    if own.low <= whole.low:
        return f"{label} at most {high}"
    if own.high >= whole.high:
        return f"{label} at least {low}"
    return f"{label} from {low} to {high}"


def coverage_sentence(zone: RobustZone) -> str:
    """How much of what holds lies inside the zone."""
    return f"{percent(zone.coverage)} of all settings that hold lie inside it."


def binding_sentence(sample: Sampled) -> str:
    """Which goal binds, and how much more would hold without it."""
    question, number = sample.question, sample.binding
    if number is None:
        return "No single goal binds: leaving one out would add no setting."
    if len(question.goals) == 1:
        return f"There is one goal; it holds in {percent(sample.share)} of settings."
    start = question.scenario.network.as_of
    goal = question.goals[number].condition(question.scenario.system, start)
    others = [n for n in range(len(question.goals)) if n != number]
    without = float(sample.holds[:, others].all(axis=1).mean())
    return f"What binds most is “{goal}”: without it {percent(without)} of settings would hold the rest."


def nearest_sentence(answer: TuneAnswer) -> str:
    """The setting nearest to today's that holds every goal."""
    found, question = answer.nearest, answer.sample.question
    if found is None:
        return (
            f"No setting of this box was found that holds {all_goals(question)}. Wider ends of a lever, another lever "
            "that may move, or a goal that is asked in fewer futures would leave more room."
        )
    if not found.moved:
        return f"Nothing would have to move: {all_goals(question)} would hold as things stand{_closest(answer)}."
    words = f"Nearest to what is in force: {moves_words(question, found)}{', nothing else' * (len(found.moved) == 1)}."
    if answer.zone is not None or not question.draws:
        return words
    return f"{words} It stands alone: no robust zone lies around it, so a small move or other futures could turn it."


def follows_sentence(scenario: Scenario) -> str:
    """What moves along because it pays or is given the rest: "treasury share of emission at 39% instead of 10%"."""
    told = [change_words(c.concrete, c.before, c.after) for c in changes_of(scenario) if c.follows]
    return f"What pays for it or receives the rest: {_listed(told)}." if told else ""


def _closest(answer: TuneAnswer) -> str:
    """With what is in force, the goal that is closest to failing; empty on the single path."""
    question, chances = answer.sample.question, answer.today.chances[0]
    if not question.draws:
        return ""
    asked = [goal.share for goal in question.goals]
    number = int(min(range(len(asked)), key=lambda n: chances[n] - asked[n]))
    goal = question.goals[number]
    condition = goal.condition(question.scenario.system, question.scenario.network.as_of)
    lead = "" if len(asked) == 1 else f"; closest to failing is “{condition}”"
    return f"{lead}, in {percent(float(chances[number]))} of futures where {percent(goal.share)} are asked"


def outside_sentence(answer: TuneAnswer) -> str:
    """That what is in force lies outside the robust zone, where it does."""
    zone, question = answer.zone, answer.sample.question
    if zone is None or not answer.today.met[0] or zone.box.within(answer.today.settings)[0]:
        return ""
    return (
        "What is in force holds but lies outside the robust zone: other futures or a small move of a lever could turn "
        f"it, as around it not nine of ten settings hold {all_goals(question)}."
    )


def moves_words(question: TuneQuestion, found: Nearest) -> str:
    """What the nearest setting moves, and from where."""
    keys, names = _keys(question), list(question.box.keys)
    pairs = [(key, names.index(key)) for key in found.moved]
    return _listed(
        [change_words(keys[key], float(found.today[place]), float(found.setting[place])) for key, place in pairs]
    )


def trade_off_sentence(sample: Sampled, first: int, second: int) -> str:
    """What the two ends of the front between two goals come to."""
    rows = front(sample, first, second)
    goals, system = sample.question.goals, sample.question.scenario.system
    if not len(rows):
        return "Neither goal has a number in any setting, so there is nothing to trade."
    labels = [lowered(goal.measure(system).title) for goal in (goals[first], goals[second])]
    if len(rows) == 1:
        return f"{labels[0].capitalize()} and {labels[1]} need not be traded: one setting is best in both."
    ends = [
        " with ".join(
            f"{label} at {goals[number].measure(system).write(float(sample.middles[row, number]))}"
            for label, number in zip(labels, (first, second), strict=True)
        )
        for row in (rows[0], rows[-1])
    ]
    return (
        f"The front runs from {ends[0]} to {ends[1]} (medians of futures); no setting of the sample beats it in both."
    )
