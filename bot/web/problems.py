"""Every refusal of the API, as RFC 9457 problems: the only place where an error becomes a status and French words."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import JSONResponse

from bot.admissions.errors import AdmissionsError, StorageError
from bot.services.conversations import MAX_TEXT_CODE_POINTS
from bot.services.errors import (
    ConversationNotFound,
    MessageIdReused,
    MessageUnknown,
    PayloadNotOffered,
    TextEmpty,
    TextTooLong,
)

MEDIA_TYPE = "application/problem+json"
UNAVAILABLE_RETRY_AFTER_S = 5


@dataclass(frozen=True)
class Problem:
    """`kind` ends the type's address under /problems/; `detail` is what the person may read."""

    kind: str
    status: int
    title: str
    detail: str


class Refusal(Exception):
    """Ends a request with a problem; `retry_after_s` tells when trying again makes sense."""

    def __init__(self, problem: Problem, retry_after_s: int | None = None) -> None:
        super().__init__(problem.kind)
        self.problem = problem
        self.retry_after_s = retry_after_s


MALFORMED = Problem("malformed", 400, "Requête illisible", "La requête n'a pas la forme attendue.")
TOKEN_INVALID = Problem(
    "token-invalid", 401, "Jeton refusé", "Le jeton de la conversation est absent ou n'est pas valable."
)
TOKEN_EXPIRED = Problem(
    "token-expired",
    401,
    "Conversation terminée",
    "Cette conversation n'est plus conservée. Vous pouvez en commencer une nouvelle.",
)
NOT_FOUND = Problem("not-found", 404, "Page introuvable", "Cette adresse n'existe pas.")
METHOD_NOT_ALLOWED = Problem("method-not-allowed", 405, "Méthode refusée", "Cette adresse n'accepte pas cette méthode.")
MESSAGE_ID_REUSED = Problem(
    "message-id-reused",
    409,
    "Identifiant déjà utilisé",
    "Cet identifiant de message a déjà servi pour un autre message de la conversation.",
)
TOO_LARGE = Problem("too-large", 413, "Requête trop grande", "La requête dépasse 16 Kio.")
TEXT_EMPTY = Problem("text-empty", 422, "Message vide", "Le message est vide : écrivez votre question.")
TEXT_TOO_LONG = Problem(
    "text-too-long",
    422,
    "Message trop long",
    f"Le message dépasse {MAX_TEXT_CODE_POINTS} caractères : raccourcissez-le ou envoyez-le en plusieurs fois.",
)
PAYLOAD_NOT_OFFERED = Problem(
    "payload-not-offered",
    422,
    "Choix qui n'est plus proposé",
    "Ce choix ne fait pas partie de la dernière réponse : choisissez parmi ceux qui sont affichés ou écrivez.",
)
RATE_LIMITED = Problem(
    "rate-limited", 429, "Trop de messages", "Trop de messages en peu de temps : patientez un instant."
)
INTERNAL = Problem(
    "internal", 500, "Erreur inattendue", "Une erreur inattendue s'est produite. Rien n'a été enregistré, réessayez."
)
NOT_OPEN_YET = Problem("not-open-yet", 501, "Pas encore ouvert", "Cette page n'est pas encore ouverte.")
UNAVAILABLE = Problem(
    "unavailable",
    503,
    "Service momentanément indisponible",
    "Le service est momentanément indisponible. Rien n'a été enregistré : réessayez dans un instant.",
)

UNKNOWN_MESSAGE = Problem(
    "malformed", 400, MALFORMED.title, "Cette conversation n'a pas de réponse de cet identifiant."
)

BY_ERROR: dict[type[AdmissionsError], Problem] = {
    TextEmpty: TEXT_EMPTY,
    TextTooLong: TEXT_TOO_LONG,
    PayloadNotOffered: PAYLOAD_NOT_OFFERED,
    MessageIdReused: MESSAGE_ID_REUSED,
    MessageUnknown: UNKNOWN_MESSAGE,
    ConversationNotFound: TOKEN_EXPIRED,
}


def refusal_for(error: Exception) -> Refusal | None:
    """The refusal that an expected error means; None for one that nobody expected."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, StorageError):
        return Refusal(UNAVAILABLE, UNAVAILABLE_RETRY_AFTER_S)
    problem = next((found for kind, found in BY_ERROR.items() if isinstance(error, kind)), None)
    return None if problem is None else Refusal(problem)


def malformed(detail: str) -> Refusal:
    """A 400 that says what is expected."""
    return Refusal(Problem(MALFORMED.kind, MALFORMED.status, MALFORMED.title, detail))


def problem_response(refusal: Refusal) -> JSONResponse:
    """The problem as the client receives it."""
    problem = refusal.problem
    headers = {"Cache-Control": "no-store"}
    if refusal.retry_after_s is not None:
        headers["Retry-After"] = str(refusal.retry_after_s)
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    body = {
        "type": f"/problems/{problem.kind}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    return JSONResponse(body, problem.status, headers, media_type=MEDIA_TYPE)
