"""What a feature must say of itself, and the sentence for each part that is missing.

Asked of the whole house and of the sample, with the same eyes: ``tests/house/sample_feature/test_sample_feature.py``.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Table

from cluster.kept import KeptTable, Way
from cluster.members.about_person import may_hold
from cluster.message_kinds import Audience, MessageKind, Trait
from cluster.reminders.policy import Policy
from handlers.doors import entrances
from handlers.feature import Command, Feature
from handlers.members.views.own_data_words import LABELS, TECHNICAL

GIVEN_WHOLE = (Way.WHOSE, Way.SELF, Way.LOG, Way.LIST)


@dataclass(frozen=True)
class Said:
    """All that a feature, or all of them together, consists of."""

    feature: Feature
    kinds: Collection[MessageKind]
    kept: Mapping[str, KeptTable]
    tables: Iterable[Table]
    ids: Collection[StrEnum]
    modules: Collection[ast.Module]
    """The code that decides and that answers."""
    policies: Collection[Policy] = ()


def lacking(said: Said) -> list[str]:
    """A sentence for each part that is missing, with where to say it."""
    return [
        *_commands(said.feature.commands),
        *_messages(said),
        *_traits(said),
        *_sentences(said),
        *_buttons(said),
        *_tables(said),
    ]


def _commands(commands: Iterable[Command]) -> Iterator[str]:
    for command in commands:
        name = f"/klynge {command.names[0]}"
        if command.told is None:
            yield f"{name} stands in no page: say told=Told(…) in its Command."
        if not command.help and "" not in command.names:
            yield f"{name} stands in no help: say help=(HelpLine(…),) in its Command."
        if command.door is None:
            yield f"{name} has no button on the start page: say door=Door(…) in its Command."


def _messages(said: Said) -> Iterator[str]:
    feature = said.feature
    known = {*said.kinds, *feature.notices, *feature.steps}
    for kind in sorted(set(said.kinds) - feature.notices.keys()):
        yield f"{kind} is owed and nobody says it: give it a Notice in notices."
    for kind in sorted(feature.notices.keys() - set(said.kinds)):
        yield f"{kind} is in no room that cluster.rooms knows: add the line of its room there."
    for kind in sorted({kind for module in said.modules for kind in owed_steps(module)} - feature.steps.keys()):
        yield f"{kind} is owed and nothing is done: give it a Step in steps."
    named = {kind for kind, one in [*feature.notices.items(), *feature.steps.items()] if one.ahead}
    inside = {kind for kind, step in feature.steps.items() if step.ahead is None}
    ahead = {kind for module in said.modules for kind in owed_ahead(module, known)}
    ahead |= {kind for kind in said.kinds if Trait.REMINDS in kind.traits}
    for kind in sorted(ahead - named - inside):
        yield f"{kind} is owed for a later hour and the plan has no name for it: say ahead=N_(…) in its Notice."
    for prefix in sorted({kind.partition(".")[0] for kind in said.kinds} - feature.about_person.messages.keys()):
        yield f"Messages {prefix}.… have no words in a person's own data: say them in about_person.messages."


def _traits(said: Said) -> Iterator[str]:
    by_policy = {kind for policy in said.policies for kind in policy.kinds}
    for kind in said.kinds:
        if kind in by_policy and Trait.REMINDS not in kind.traits:
            yield f"{kind} is what a policy reminds by: say Trait.REMINDS of it in Kinds."
        if kind not in by_policy and Trait.REMINDS in kind.traits:
            yield f"{kind} is a reminder and no policy says when: write a POLICY for it."
        if Trait.STANDS in kind.traits and kind.audience is not Audience.LEADER:
            yield f"{kind} is handed to a new coordinator and is not for who leads: say Audience.LEADER of it."


def _sentences(said: Said) -> Iterator[str]:
    feature = said.feature
    noted = {what for module in said.modules for what in first_words(module, {"note", "_log"}, place=1)}
    for what in sorted(noted - feature.log.keys() - feature.withheld.keys()):
        yield f"{what} is noted and the log has no sentence for it: say it in log, or in withheld."
    codes = {code for module in said.modules for code in first_words(module, {"ClusterError"}, place=0)}
    for code in sorted(codes - feature.errors.keys()):
        yield f"{code} is a refusal without a sentence: say it in errors."


def _buttons(said: Said) -> Iterator[str]:
    feature = said.feature
    pressed = {*feature.actions, *feature.suggestions, *entrances(feature.commands)}
    forms = {name for module in said.modules for name in opened_forms(module)}
    for each in sorted(said.ids):
        is_button = type(each).__name__ == "Action"
        if is_button and each not in pressed:
            yield f"{each} is a button and nothing happens: give it a route in actions."
        if not is_button and each.name in forms and each not in feature.forms:
            yield f"{each} is a form and nobody takes it: give it a Form in forms."
    names = {*feature.actions, *feature.forms, *feature.events, *feature.notices}
    names |= {name for command in feature.commands for name in command.names}
    for name in sorted(set(feature.heavy) - names):
        yield f"{name} is heavy and nothing else: take it out of heavy."


def _tables(said: Said) -> Iterator[str]:
    headings = said.feature.about_person.headings
    for table in said.tables:
        if table.name not in said.kept:
            yield f"Nobody says what is kept in {table.name}, and how long: say it in KEPT of its room."
            continue
        ways = said.kept[table.name].ways
        columns = {name for written in ways.values() for name in written.split()}
        for column in table.c:
            if may_hold(column) and column.name not in columns:
                yield f"{table.name}.{column.name} can hold something of a person: say in KEPT what it is to them."
        shown = [table.name] if any(ways.get(way) for way in GIVEN_WHOLE) else []
        shown += [f"{table.name} ({name})" for name in ways.get(Way.HAND, "").split()]
        known = said.feature.about_person.columns.keys() | LABELS.keys() | TECHNICAL
        is_told_by_column = shown[:1] == [table.name] and Way.LIST not in ways
        for column in table.c if is_told_by_column else ():
            if column.name not in known:
                yield f"{table.name}.{column.name} has no word in a person's own data: say it in about_person.columns."
        for name in shown:
            if name not in headings:
                yield f"{name} has no heading in a person's own data: say it in about_person.headings."


def calls(module: ast.Module, names: Collection[str]) -> Iterator[ast.Call]:
    """Calls of functions by these names, wherever they come from."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names:
            yield node


def first_words(module: ast.Module, names: Collection[str], *, place: int) -> Iterator[str]:
    """The codes that stand at a place of these calls."""
    for call in calls(module, names):
        for each in ast.walk(call.args[place]) if len(call.args) > place else ():
            if isinstance(each, ast.Constant) and "." in str(each.value):
                yield str(each.value)


def owed_steps(module: ast.Module) -> Iterator[str]:
    """What is owed to be done, where the call names it."""
    for call in calls(module, {"owe"}):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if (
            ast.unparse(given.get("how", call)) == "How.STEP"
            and len(call.args) > 1
            and isinstance(call.args[1], ast.Constant)
        ):
            yield str(call.args[1].value)


def opened_forms(module: ast.Module) -> Iterator[str]:
    """The names of the ids under which forms are opened."""
    for call in calls(module, {"form"}):
        if call.args and isinstance(call.args[0], ast.Attribute):
            yield call.args[0].attr


def owed_ahead(module: ast.Module, known: Collection[str]) -> Iterator[str]:
    """The kinds that calls with a ``due_at`` name; where ``owe`` or ``tell`` names none, those of their function.
    What is not owed in a cluster's name stands in no plan, nor does an edit (``cluster.notices.coming``)."""
    by_id = {each.name: str(each) for each in known if isinstance(each, MessageKind)}
    constants: dict[str, str] = {}
    for node in module.body:
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            is_several = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            pairs = zip(target.elts, value.elts, strict=False) if is_several else [(target, value)]  # type: ignore[attr-defined]
            constants |= {ast.unparse(name): str(one.value) for name, one in pairs if isinstance(one, ast.Constant)}

    def named(node: ast.AST) -> set[str]:
        found = {str(each.value) for each in ast.walk(node) if isinstance(each, ast.Constant)}
        found |= {constants.get(each.id, "") for each in ast.walk(node) if isinstance(each, ast.Name)}
        found |= {by_id.get(each.attr, "") for each in ast.walk(node) if isinstance(each, ast.Attribute)}
        return {each for each in found if each in known}

    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for call in [each for each in ast.walk(function) if isinstance(each, ast.Call)]:
            given = {keyword.arg for keyword in call.keywords}
            callee = ast.unparse(call.func).rpartition(".")[2]
            if any(each.arg == "how" and ast.unparse(each.value) == "How.UPDATE" for each in call.keywords):
                continue
            if "due_at" in given and (callee != "owe" or given & {"cluster_id", None}):
                yield from named(call) or (named(function) if callee in {"owe", "tell"} else ())
