import streamlit as st

from model import BallastError
from model.tuning.answer import TuneWork
from model.tuning.sample import TuneQuestion
from ui import state
from ui.goal_fields import goals_of, missing_goals
from ui.long_work import worked_out
from ui.page_fields import tell_problems
from ui.scenario_bar import scenario_bar
from ui.shell import ensure_shell, header, split
from ui.text import as_markdown
from ui.tune import answer as tune_answer
from ui.tune import levers as tune_levers
from ui.tune.fields import ALL, DRAWS, GOALS, HOW_MANY, box_on_screen

ensure_shell("pages/tune.py")

header("Tune", "Say what should hold, and which levers may move: the page finds the settings that hold it.")
scenario_bar(horizon=False)
tell_problems("tune", ALL)

moment = state.now()
shown = moment.scenario
goals = goals_of(GOALS, shown)
box, problem = box_on_screen(moment)

sides = split()
with sides.levers:
    tune_levers.goals_part(goals, missing_goals(GOALS, shown), shown)
    tune_levers.levers_part(shown, box, problem)
    tune_levers.effort_part()
with sides.charts:
    if not goals:
        st.info("There is no goal yet. Add one on the left: the settings that hold it appear here.")
    else:
        try:
            question = TuneQuestion(shown, box, tuple(goals.values()), int(DRAWS.value()), moment.seed)
        except BallastError as refused:
            st.error(as_markdown(str(refused)), icon=":material/block:")
            st.stop()
        count = int(HOW_MANY.value())
        asked = (moment, box.ranges, question.goals, count, question.draws)
        answer = worked_out(asked, lambda: TuneWork(question, count), name="tune", what=f"{count:,} settings")
        if answer is not None:
            source = tune_answer.source_of(moment, answer)
            tune_answer.told(answer)
            tune_answer.settings_part(answer, source)
            tune_answer.results_part(answer, moment)
            tune_answer.trade_off_part(answer, source)
            tune_answer.exact_part(moment)
