"""The program as it is served: settings open the channels, and one pass of due work tells everybody."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from bot.bootstrap import ROOT, bootstrap
from bot.services.conversations import open_conversation
from bot.services.leads import register_or_update_lead
from bot.services.my_data_links import lead_id_of
from bot.serving import prepare_storage, web_services
from tests.integration.builders import EMAIL, FakeBrain, consent, details
from tests.integration.delivery.conftest import SECRET

MONDAY = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


def test_a_lead_reaches_the_crm_the_office_and_the_applicant_with_a_link_that_is_theirs(tmp_path, crm, mailbox):
    environment = {
        "BOT_DATABASE_URL": f"sqlite:///{tmp_path}/bot.db", "BOT_SECRET_KEY": "k" * 40, "BOT_PUBLIC_URL": "https://bot.example.org",
        "BOT_SMTP_URL": mailbox.url, "BOT_MAIL_FROM": "bot@example.org", "BOT_ADMISSIONS_EMAIL": "admissions@example.org",
        "BOT_WEBHOOK_URL": crm.url, "BOT_WEBHOOK_SECRET": SECRET,
    }
    program = bootstrap(ROOT, environment, clock=lambda: MONDAY)
    prepare_storage(program)
    brain = FakeBrain()
    services = web_services(program, brain)
    conversation_id = open_conversation(program.uow_factory, brain, MONDAY).conversation_id
    with program.uow_factory() as uow:
        lead = register_or_update_lead(uow, conversation_id, details(), consent(MONDAY), MONDAY)
        uow.commit()
    services.run_due_jobs()
    services.run_due_jobs()
    [(_, body)] = crm.requests
    assert json.loads(body)["data"]["id"] == lead.id
    by_recipient = {recipients[0]: index for index, recipients in enumerate(mailbox.recipients)}
    assert set(by_recipient) == {"admissions@example.org", EMAIL} and len(mailbox.letters) == 2
    recap = mailbox.text(by_recipient[EMAIL])
    link, not_me = re.findall(r"https://bot\.example\.org/mes-donnees/(\S+)", recap)
    assert lead_id_of(program.settings, link) == lead.id and not_me == f"pas-moi/{link}"
    assert "Niveau 5 (bac+2)" in recap and "RNCP41406" in recap and "commission pédagogique" in recap
    program.engine.dispose()
