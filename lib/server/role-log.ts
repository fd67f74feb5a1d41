import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { createInterface } from "node:readline";

import { z } from "zod";

const ROTATE_BYTES = 20 * 1024 * 1024;
const WARN = 40;

const lineSchema = z.object({
  level: z.number(),
  msg: z.string().default(""),
  err: z.object({ message: z.string() }).optional(),
});

export interface RoleLog {
  follow(stream: Readable, kind: "output" | "errors"): void;
  /** What was said last that is not a log line: a sentence of a failed start, or a crash's stack. */
  lastWords(): string;
  close(): void;
}

/** Keeps what a role says in REMIT_HOME/logs/<role>.log (and one older file), and shows warnings and errors, and from stderr also what is no log line. */
export function openRoleLog(home: string, role: string, show: (line: string) => void): RoleLog {
  const folder = join(home, "logs");
  const path = join(folder, `${role}.log`);
  mkdirSync(folder, { recursive: true });
  if (existsSync(path) && statSync(path).size > ROTATE_BYTES) renameSync(path, `${path}.1`);
  const file = createWriteStream(path, { flags: "a" });
  // A full disk must not stop the role whose words are lost.
  file.on("error", () => undefined);
  let last: string[] = [];
  return {
    follow(stream, kind) {
      createInterface({ input: stream }).on("line", (line) => {
        file.write(`${line}\n`);
        const shown = forTerminal(line, kind);
        if (shown === undefined) return;
        last = [...last, shown].slice(-20);
        show(`${role}: ${shown}`);
      });
    },
    lastWords: () => last.join("\n"),
    close: () => file.end(),
  };
}

function forTerminal(line: string, kind: "output" | "errors"): string | undefined {
  if (line.trim() === "") return undefined;
  const parsed = lineSchema.safeParse(asJson(line));
  if (!parsed.success) return kind === "errors" ? line : undefined;
  const { level, msg, err } = parsed.data;
  if (level < WARN) return undefined;
  return err ? `${msg}: ${err.message}` : msg;
}

function asJson(line: string): unknown {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
