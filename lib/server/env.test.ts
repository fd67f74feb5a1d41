import { describe, expect, it } from "vitest";

import { readEnv, StartError } from "@/lib/server/env";

describe("readEnv", () => {
  it("fills every default", () => {
    expect(readEnv({})).toMatchObject({
      PORT: 3000,
      GATE_PORT: 4000,
      REMIT_HOST: "127.0.0.1",
      REMIT_DEMO: false,
      REMIT_TRUSTED_PROXIES: 0,
      REMIT_URL: "http://localhost:3000",
      REMIT_GATE_URL: "http://localhost:4000",
    });
  });

  it("treats an empty variable as unset", () => {
    expect(readEnv({ DATABASE_URL: "", PORT: "" })).toEqual(readEnv({}));
  });

  it("makes REMIT_HOME absolute", () => {
    expect(readEnv({ REMIT_HOME: "data" }).REMIT_HOME).toBe(`${process.cwd()}/data`);
  });

  it.each([
    [{ PORT: "eighty" }, "PORT must be a port number between 1 and 65535."],
    [{ PORT: "70000" }, "PORT must be a port number between 1 and 65535."],
    [{ GATE_PORT: "3000" }, "GATE_PORT must differ from PORT."],
    [
      { DATABASE_URL: "mysql://root:secret@db/x" },
      "DATABASE_URL must be a PostgreSQL address, such as postgresql://user:password@host:5432/remit.",
    ],
    [{ REMIT_DEMO: "yes" }, "REMIT_DEMO must be 1 or 0."],
    [
      { REMIT_URL: "remit.example.com" },
      "REMIT_URL must be an http or https address, such as https://remit.example.com.",
    ],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be a pino level, such as info or warn."],
    [
      { REMIT_SMTP_URL: "https://mail.example.com", REMIT_MAIL_FROM: "remit@example.com" },
      "REMIT_SMTP_URL must be an SMTP address, such as smtp://user:password@mail.example.com:587.",
    ],
    [
      { REMIT_SMTP_URL: "smtp://mail.example.com" },
      "REMIT_MAIL_FROM must be set beside REMIT_SMTP_URL: it is the sender of notifications.",
    ],
    [{ REMIT_MAIL_FROM: "remit" }, "REMIT_MAIL_FROM must be an e-mail address, such as remit@example.com."],
    [{ REMIT_WEBHOOK_ALLOW: "http://x" }, "REMIT_WEBHOOK_ALLOW must be host names, separated by commas."],
    [{ REMIT_TRUSTED_PROXIES: "all" }, "REMIT_TRUSTED_PROXIES must be a number between 0 and 10."],
    [{ REMIT_TRUSTED_PROXIES: "11" }, "REMIT_TRUSTED_PROXIES must be a number between 0 and 10."],
    [{ REMIT_SEAL_KEY: "short" }, "REMIT_SEAL_KEY must have at least 32 characters."],
    [{ REMIT_CHECKPOINT_KEY: "short" }, "REMIT_CHECKPOINT_KEY must have at least 32 characters."],
    [{ REMIT_CHECKPOINT_MINUTES: "0" }, "REMIT_CHECKPOINT_MINUTES must be a number of minutes between 1 and 1440."],
    [{ NEXTAUTH_SECRET: "short" }, "NEXTAUTH_SECRET must have at least 32 characters."],
  ])("says in one sentence what is wrong with %o", (source, sentence) => {
    expect(() => readEnv(source)).toThrow(new StartError(sentence));
  });
});
