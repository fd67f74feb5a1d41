import { resolve } from "node:path";

import { z } from "zod";

/** A start that cannot go on. The message is one sentence for the person at the terminal; no stack is shown. */
export class StartError extends Error {
  override name = "StartError";
}

const port = (fallback: number) =>
  z.coerce
    .number("must be a port number between 1 and 65535")
    .int("must be a port number between 1 and 65535")
    .min(1, "must be a port number between 1 and 65535")
    .max(65535, "must be a port number between 1 and 65535")
    .default(fallback);

const httpUrl = z.url({
  protocol: /^https?$/,
  error: "must be an http or https address, such as https://remit.example.com",
});

const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must be a PostgreSQL address, such as postgresql://user:password@host:5432/remit",
});

const smtpUrl = z
  .url({ protocol: /^smtps?$/, error: "must be an SMTP address, such as smtp://user:password@mail.example.com:587" })
  .refine((url) => new URL(url).hostname !== "", "must name the mail server");

const hostList = z
  .string()
  .transform((text) => text.split(",").map((host) => host.trim().toLowerCase()))
  .refine((hosts) => hosts.every((host) => /^[a-z0-9.:[\]-]+$/.test(host)), "must be host names, separated by commas")
  .default([]);

const flag = z
  .enum(["0", "1", "false", "true"], "must be 1 or 0")
  .transform((value) => value === "1" || value === "true")
  .default(false);

const schema = z
  .object({
    NODE_ENV: z
      .enum(["development", "production", "test"], "must be development, production or test")
      .default("production"),
    /** The address that web and gate listen on. Loopback, until a deployment says otherwise. */
    REMIT_HOST: z.string().default("127.0.0.1"),
    PORT: port(3000),
    GATE_PORT: port(4000),
    /** The owner's connection. Unset: the embedded PostgreSQL. */
    DATABASE_URL: postgresUrl.optional(),
    /** The runtime role's connection. Unset: the owner's, demoted to `remit_runtime` at connection start. */
    DATABASE_RUNTIME_URL: postgresUrl.optional(),
    /** Absolute after reading. Database files, keys and logs. */
    REMIT_HOME: z
      .string()
      .default(".remit")
      .transform((path) => resolve(path)),
    REMIT_DEMO: flag,
    /** The public address of the web; links in notifications use it. */
    REMIT_URL: httpUrl.optional(),
    /** The public address of the gate. */
    REMIT_GATE_URL: httpUrl.optional(),
    /** How long a decision may take to be committed before its caller is told to try again (503), in milliseconds. */
    REMIT_DEADLINE_MS: z.coerce
      .number("must be a number of milliseconds between 50 and 60000")
      .int("must be a number of milliseconds between 50 and 60000")
      .min(50, "must be a number of milliseconds between 50 and 60000")
      .max(60_000, "must be a number of milliseconds between 50 and 60000")
      .default(235),
    LOG_LEVEL: z
      .enum(
        ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
        "must be a pino level, such as info or warn",
      )
      .default("info"),
    /** Signs sessions. Unset: generated once and kept in REMIT_HOME. */
    NEXTAUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
    /** Seals addresses and secrets of webhooks in the database. Unset: generated once and kept in REMIT_HOME. */
    REMIT_SEAL_KEY: z.string().min(32, "must have at least 32 characters").optional(),
    /** What the key that signs checkpoints of the audit record is derived from. Unset: generated once and kept in REMIT_HOME. */
    REMIT_CHECKPOINT_KEY: z.string().min(32, "must have at least 32 characters").optional(),
    /** How long the audit record may go without a checkpoint, once something was recorded, in minutes. */
    REMIT_CHECKPOINT_MINUTES: z.coerce
      .number("must be a number of minutes between 1 and 1440")
      .int("must be a number of minutes between 1 and 1440")
      .min(1, "must be a number of minutes between 1 and 1440")
      .max(1_440, "must be a number of minutes between 1 and 1440")
      .default(60),
    /** The mail server that notifications leave by. Unset: nobody gets e-mail. */
    REMIT_SMTP_URL: smtpUrl.optional(),
    /** The sender of notifications: `remit@example.com` or `Remit <remit@example.com>`. */
    REMIT_MAIL_FROM: z
      .string()
      .regex(
        /^(?:[^<>\r\n]+<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/,
        "must be an e-mail address, such as remit@example.com",
      )
      .optional(),
    /** How many proxies stand before the web and add to `X-Forwarded-For`; sign-in is throttled by the address that they vouch for. */
    REMIT_TRUSTED_PROXIES: z.coerce
      .number("must be a number between 0 and 10")
      .int("must be a number between 0 and 10")
      .min(0, "must be a number between 0 and 10")
      .max(10, "must be a number between 0 and 10")
      .default(0),
    /** Hosts that webhooks may reach although they are private, `host` or `host:port`: for tests and on-premises receivers. */
    REMIT_WEBHOOK_ALLOW: hostList,
  })
  .refine((all) => all.PORT !== all.GATE_PORT, { path: ["GATE_PORT"], error: "must differ from PORT" })
  .refine((all) => all.REMIT_SMTP_URL === undefined || all.REMIT_MAIL_FROM !== undefined, {
    path: ["REMIT_MAIL_FROM"],
    error: "must be set beside REMIT_SMTP_URL: it is the sender of notifications",
  })
  .transform((all) => ({
    ...all,
    REMIT_URL: all.REMIT_URL ?? `http://localhost:${all.PORT}`,
    REMIT_GATE_URL: all.REMIT_GATE_URL ?? `http://localhost:${all.GATE_PORT}`,
  }));

export type Env = z.output<typeof schema>;

/**
 * Reads the environment. An empty variable counts as unset.
 * @throws StartError with one sentence that names the first bad variable. The value is not repeated: it may be a password.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new StartError(`${issue?.path.join(".") ?? "The environment"} ${issue?.message ?? "is not valid"}.`);
}

let cached: Env | undefined;

/** The process's environment, read once. */
export function env(): Env {
  cached ??= readEnv();
  return cached;
}

/** The environment for a child process: ours with changes; `undefined` takes a variable away. */
export function childEnv(changes: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/**
 * What next-auth reads for itself. With REMIT_URL it serves that address only; without it, whichever of localhost and
 * 127.0.0.1 the person typed, which a server on the loopback may trust.
 */
export function provideNextAuthEnv(): void {
  process.env["NEXTAUTH_URL"] = env().REMIT_URL;
  if (!process.env["REMIT_URL"]) process.env["AUTH_TRUST_HOST"] = "1";
  process.env["NEXT_TELEMETRY_DISABLED"] = "1";
}

/** Whether npm started us: it may then be killed without telling us. */
export function startedByNpm(): boolean {
  return process.env["npm_lifecycle_event"] !== undefined;
}

/** Where the person stood: `npm run` changes to the repository before it starts anything. */
export function invokedFrom(): string {
  return process.env["INIT_CWD"] ?? process.cwd();
}
