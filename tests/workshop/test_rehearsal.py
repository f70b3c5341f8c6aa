"""A rehearsal: simulated people do everything that people do, and the same seed gives the same again."""

from __future__ import annotations

import pytest

from tests.workshop.rooms import opened, to_beat
from workshop import ROLES, Beat, Direction, Workshop, WorkshopError
from workshop.errors import NotNowError

Story = list[object]


def rehearsed(workshop: Workshop, seed: int) -> Story:
    """What happened, without the numbers of rows."""
    _, host = opened(workshop, rehearsal=True)
    host.add_simulated(5, seed)
    host.add_simulated(11, seed)
    story: Story = [(person.name, person.role.key) for person in host.board().people]
    to_beat(host, Beat.PROPOSE)
    assert host.simulate(seed) == 4
    story += [(one.title, one.link) for one in host.suggestions()]
    to_beat(host, Beat.PREDICT)
    assert host.simulate(seed) == host.simulate(seed) == 16
    to_beat(host, Beat.REVEAL)
    tally = host.board().rounds[0].tallies[0]
    story += [dict(tally.counts), tally.mean, [guess.person.name for guess in tally.closest]]
    to_beat(host, Beat.GROUPS)
    host.simulate(seed)
    host.open_support()
    assert host.simulate(seed) == 16
    host.close_vote()
    story += [host.merged(way).to_link() for way in ("movers", "everybody", "votes")]
    assert host.simulate(seed) == 4
    return story


def test_the_same_seed_gives_the_same_session_and_another_one_does_not(workshop: Workshop) -> None:
    first = rehearsed(workshop, 7)
    assert rehearsed(workshop, 7) == first
    assert rehearsed(workshop, 8)[:16] != first[:16]


def test_simulated_people_are_many_and_of_one_mind_in_nothing(workshop: Workshop) -> None:
    _, host = opened(workshop, rehearsal=True)
    host.add_simulated(40)
    board = host.board()
    assert len({person.name for person in board.people}) == 40
    assert set(board.people_by_role) == {role.key for role in ROLES}
    assert all(person.simulated for person in board.people)
    to_beat(host, Beat.PREDICT)
    host.simulate()
    to_beat(host, Beat.REVEAL)
    counts = host.board().rounds[0].tallies[0].counts
    assert all(counts[direction] for direction in Direction)


def test_simulated_people_stay_out_of_rooms_of_real_ones(workshop: Workshop) -> None:
    _, host = opened(workshop)
    with pytest.raises(NotNowError, match="no rehearsal"):
        host.add_simulated(3)
    with pytest.raises(NotNowError, match="no rehearsal"):
        host.simulate()
    _, rehearsal = opened(workshop, rehearsal=True)
    for count in (0, 301, True, "3"):
        with pytest.raises(WorkshopError, match="cannot be simulated"):
            rehearsal.add_simulated(count)  # type: ignore[arg-type]
