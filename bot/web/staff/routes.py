"""Every address of the console, each page module's table after the other."""

from __future__ import annotations

from starlette.routing import BaseRoute

from bot.web.staff import (
    accounts,
    additions,
    answers,
    audit,
    deliveries,
    expiring,
    figures,
    home,
    inbox,
    leads,
    leads_actions,
    leads_sheet,
    links,
    login,
    own_account,
    people,
    practical,
    sign_on,
)


def staff_routes() -> list[BaseRoute]:
    """The console's routes, in the order in which they are tried."""
    return [
        *login.ROUTES,
        *sign_on.ROUTES,
        *links.ROUTES,
        *home.ROUTES,
        *figures.ROUTES,
        *leads.ROUTES,
        *leads_sheet.ROUTES,
        *leads_actions.ROUTES,
        *deliveries.ROUTES,
        *people.ROUTES,
        *additions.ROUTES,
        *inbox.ROUTES,
        *answers.ROUTES,
        *practical.ROUTES,
        *expiring.ROUTES,
        *accounts.ROUTES,
        *own_account.ROUTES,
        *audit.ROUTES,
    ]
