import { createTransport } from "nodemailer";

import type { MailText } from "@/lib/notify/deliver/message";
import type { Outcome } from "@/lib/notify/deliver/retry";

export interface Mailer {
  /** Hands one message to the mail server and says what came of it; never throws. `messageId` is the same for every attempt. */
  send(mail: MailText & { to: string; messageId: string }): Promise<Outcome>;
  close(): void;
}

/** A pooled connection to the server of REMIT_SMTP_URL. STARTTLS is used where the server offers it; add `?requireTLS=true` to insist. */
export function createMailer(smtpUrl: string, from: string): Mailer {
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? "localhost";
  const transport = createTransport(
    {
      url: smtpUrl,
      pool: true,
      maxConnections: 3,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from, headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" } },
  );
  return {
    async send({ to, subject, text, html, messageId }) {
      try {
        await transport.sendMail({
          to: { name: "", address: to },
          subject,
          text,
          html,
          messageId: `<${messageId}@${domain}>`,
        });
        return { ok: true, statusCode: 250 };
      } catch (cause) {
        return failure(cause);
      }
    },
    close: () => transport.close(),
  };
}

/** The server's code is told, its words are not: they may repeat what was in the message. */
function failure(cause: unknown): Outcome {
  const at = (name: string): unknown =>
    cause instanceof Error && name in cause ? (cause as Error & Record<string, unknown>)[name] : undefined;
  const statusCode = typeof at("responseCode") === "number" ? (at("responseCode") as number) : null;
  const code = typeof at("code") === "string" ? (at("code") as string) : "unknown";
  // Only a refused recipient or message is final; a server that is away or does not take our login may be put right.
  const gone = statusCode !== null && statusCode >= 500 && (code === "EENVELOPE" || code === "EMESSAGE");
  const error =
    statusCode === null ? `the mail server cannot be reached (${code})` : `the mail server answered ${statusCode}`;
  return { ok: false, statusCode, error, gone };
}
