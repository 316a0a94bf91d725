"""The command-line program `bot`: each command calls one use case; exit status 0, 1 for a failure, 2 for wrong usage."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from bot.admissions.errors import AdmissionsError, InputError

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; errors are one clear line on stderr, never a traceback."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    parsed = _parser().parse_args(arguments)
    try:
        return int(parsed.command(parsed) or 0)
    except AdmissionsError as error:
        print(f"Erreur : {error.message}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Arrêté.", file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(f"Erreur : {error.filename or 'fichier'} : {error.strerror or error}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    from bot.leads_command import add_lead_commands

    parser = argparse.ArgumentParser(prog="bot", description="L'assistant d'admission du RNCP41406.")
    commands = parser.add_subparsers(dest="name", required=True, metavar="commande")

    serve = _add(commands, "serve", _serve, "sert l'assistant")
    serve.add_argument("--host", help="adresse d'écoute (BOT_HOST)")
    serve.add_argument("--port", type=int, help="port d'écoute (BOT_PORT)")

    train = _add(commands, "train", _train, "entraîne le modèle si ses entrées ont changé")
    train.add_argument("--force", action="store_true", help="entraîne même si rien n'a changé")

    _add(commands, "chat", _chat, "conversation dans le terminal")
    _add(commands, "ask", _ask, "répond à une question").add_argument("question")

    knowledge = commands.add_parser("knowledge", help="la base de connaissances").add_subparsers(dest="action", required=True, metavar="action")
    _add(knowledge, "check", _check_knowledge, "vérifie toute la base")
    additions = _add(knowledge, "export-additions", _export_additions, "écrit ce que le service a publié, pour le dépôt")
    additions.add_argument("--output", type=Path, default=Path("ajouts"), metavar="DOSSIER", help="« ajouts » sinon")

    evaluate = _add(commands, "evaluate", _evaluate, "mesure la compréhension sur des phrases et dialogues de test")
    evaluate.add_argument("file", nargs="?", type=Path, help="phrases ou dialogues à mesurer ; ceux du projet sinon")
    evaluate.add_argument("--output", type=Path, default=ROOT / "var" / "evaluation.html", metavar="FICHIER", help="le rapport HTML")

    leads = commands.add_parser("leads", help="les contacts").add_subparsers(dest="action", required=True, metavar="action")
    add_lead_commands(leads, _add, _day)

    _add(commands, "purge", _purge, "efface ce dont la durée de conservation est passée")
    staff = commands.add_parser("staff", help="les comptes du service").add_subparsers(dest="action", required=True, metavar="action")
    add_staff = _add(staff, "add", _add_staff, "ajoute un compte à la console")
    add_staff.add_argument("email", type=_staff_email)
    add_staff.add_argument("--role", choices=["admin", "reader"], default="reader")
    _add(commands, "doctor", _doctor, "vérifie l'installation et dit quoi faire")
    _add(commands, "backup", _backup, "sauvegarde tout ce qui est enregistré").add_argument("file", type=Path, metavar="FICHIER")
    _add(commands, "migrate", _migrate, "met la base de données à jour, ce que « serve » fait aussi")
    restore = _add(commands, "restore", _restore, "restaure une sauvegarde dans une base vide")
    restore.add_argument("file", type=Path, metavar="FICHIER")
    restore.add_argument("--force", action="store_true", help="efface d'abord ce que la base contient")
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    command: Callable[[argparse.Namespace], int | None],
    help_text: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(command=command)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas une date ; écrivez par exemple 2026-11-22") from None


def _staff_email(text: str) -> str:
    from bot.admissions.staff import account_email

    try:
        return account_email(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(error.message) from None


def _serve(arguments: argparse.Namespace) -> int:
    from bot.serving import serve

    return serve(ROOT, arguments.host, arguments.port)


def _train(arguments: argparse.Namespace) -> int:
    from bot.logs import quiet_libraries
    from bot.settings import load_settings
    from bot.training import model_path, train_if_needed

    settings = load_settings(ROOT)
    quiet_libraries(settings.log_level)
    if arguments.force or not model_path(ROOT, settings.model_dir).is_file():
        print("Entraînement du modèle (une à deux minutes)…", file=sys.stderr)
    path, was_trained = train_if_needed(ROOT, settings.model_dir, arguments.force)
    print(f"Modèle {'entraîné' if was_trained else 'à jour'} : {path.name}", file=sys.stderr)
    return 0


def _chat(arguments: argparse.Namespace) -> int:
    from bot.terminal import chat

    return chat(ROOT)


def _ask(arguments: argparse.Namespace) -> int:
    from bot.terminal import ask

    return ask(ROOT, arguments.question)


def _check_knowledge(arguments: argparse.Namespace) -> int:
    from bot.catalogue.check import check_knowledge
    from bot.settings import load_settings
    from bot.training_data import domain_intents

    today = datetime.now(load_settings(ROOT).timezone).date()
    problems = check_knowledge(ROOT / "knowledge", domain_intents(ROOT), today)
    for problem in problems:
        print(problem, file=sys.stderr)
    faults = [problem for problem in problems if not problem.warning]
    print("La base de connaissances est saine." if not faults else f"{len(faults)} problème(s) à corriger.", file=sys.stderr)
    return 1 if faults else 0


def _export_additions(arguments: argparse.Namespace) -> int:
    from bot.additions_export import additions_files, write_additions
    from bot.bootstrap import bootstrap
    from bot.storage.migrate import migrate

    program = bootstrap(ROOT)
    migrate(program.engine)
    with program.uow_factory() as uow:
        published = uow.publications.published()
    files = additions_files(published, program.catalogue, program.assistant.today())
    if not files:
        print("Rien n'est publié depuis la console : aucun fichier n'est écrit.", file=sys.stderr)
        return 0
    write_additions(files, arguments.output)
    print(f"{len(files)} fichier(s) dans {arguments.output} ; LISEZMOI.txt dit où chacun va.", file=sys.stderr)
    return 0


def _evaluate(arguments: argparse.Namespace) -> int:
    import tempfile

    from bot.bootstrap import bootstrap, load_brain
    from bot.evaluation.run import run_evaluation
    from bot.logs import quiet_libraries
    from bot.storage.migrate import migrate

    with tempfile.TemporaryDirectory() as folder:
        # The dialogues are played on a database of their own: measuring leaves nothing among real conversations.
        program = bootstrap(ROOT, {**os.environ, "BOT_DATABASE_URL": f"sqlite:///{folder}/evaluation.db"})
        quiet_libraries(program.settings.log_level)
        migrate(program.engine)
        arguments.output.parent.mkdir(parents=True, exist_ok=True)
        summary = run_evaluation(program, load_brain(program), [arguments.file] if arguments.file else None, arguments.output).summary
    print(summary.to_markdown())
    print(f"Rapport : {arguments.output}", file=sys.stderr)
    return 0


def _purge(arguments: argparse.Namespace) -> int:
    from bot.admissions.staff import COMMAND_LINE
    from bot.bootstrap import bootstrap
    from bot.services.leads import purge
    from bot.storage.engine import forget_deleted
    from bot.storage.migrate import migrate

    program = bootstrap(ROOT)
    migrate(program.engine)
    purged = purge(program.uow_factory, program.retention, program.assistant.now(), COMMAND_LINE)
    forget_deleted(program.engine)
    print(f"{purged.conversations} conversation(s) et {purged.leads} contact(s) effacés.", file=sys.stderr)
    return 0


def _doctor(arguments: argparse.Namespace) -> int:
    from bot.doctor.report import doctor

    return doctor(ROOT)


def _backup(arguments: argparse.Namespace) -> int:
    from bot.copies import backup

    return backup(ROOT, arguments.file)


def _migrate(arguments: argparse.Namespace) -> int:
    from bot.copies import bring_up_to_date

    return bring_up_to_date(ROOT)


def _restore(arguments: argparse.Namespace) -> int:
    from bot.copies import restore

    return restore(ROOT, arguments.file, arguments.force)


def _add_staff(arguments: argparse.Namespace) -> int:
    from bot.staff_command import add_staff

    return add_staff(ROOT, arguments.email, arguments.role)


if __name__ == "__main__":
    sys.exit(main())
