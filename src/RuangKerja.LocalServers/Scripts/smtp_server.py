"""An SMTP server that keeps what it is sent in ./mails: as it came (.eml) and as a mail program reads it (.json).

settings.json: port; user and password, or null; whether STARTTLS is offered (certificate.pem, key.pem).
answers.json, read anew for each recipient: what is answered to RCPT TO, by address, instead of 250.
"""

import asyncio
import email
import email.policy
import json
import ssl
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

MAILS = Path("mails")
SETTINGS = json.loads(Path("settings.json").read_text(encoding="utf-8"))


def read(raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    bodies = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    return {
        "messageId": str(message["Message-ID"] or ""),
        "from": str(message["From"] or ""),
        "to": str(message["To"] or ""),
        "subject": str(message["Subject"] or ""),
        "text": bodies["plain"].get_content() if bodies["plain"] else None,
        "html": bodies["html"].get_content() if bodies["html"] else None,
        "headers": {name: str(value) for name, value in message.items()},
    }


class Keeper:
    def __init__(self):
        MAILS.mkdir(exist_ok=True)
        self.count = sum(1 for _ in MAILS.glob("*.eml"))

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = json.loads(Path("answers.json").read_text(encoding="utf-8")).get(address)
        if answer is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = f"{self.count:06}"
        details = {
            "client": f"{session.peer[0]}:{session.peer[1]}",
            "recipients": envelope.rcpt_tos,
            "encrypted": session.ssl is not None,
            "user": session.auth_data if session.authenticated else None,
            **read(envelope.content),
        }
        # The .json comes last and at once: who sees it may read both.
        (MAILS / f"{name}.eml").write_bytes(envelope.content)
        (MAILS / f"{name}.tmp").write_text(json.dumps(details), encoding="utf-8")
        (MAILS / f"{name}.tmp").rename(MAILS / f"{name}.json")
        return f"250 Kept as {name}"


def authenticate(server, session, envelope, mechanism, data):
    given = (data.login.decode(), data.password.decode())
    # Not handled: who is wrong is told so (535) by the server itself.
    return AuthResult(
        success=given == (SETTINGS["user"], SETTINGS["password"]), handled=False, auth_data=given[0]
    )


async def serve():
    tls = None
    if SETTINGS["tls"]:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain("certificate.pem", "key.pem")
    keeper = Keeper()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(
            keeper,
            hostname="localhost",
            ident="mail",
            tls_context=tls,
            require_starttls=tls is not None,
            authenticator=authenticate,
            auth_required=SETTINGS["user"] is not None,
            auth_require_tls=tls is not None,
        ),
        "127.0.0.1",
        SETTINGS["port"],
    )
    await server.serve_forever()


asyncio.run(serve())
