import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";

/** What the gate acknowledged, as one line of a journal. */
export type Acknowledged =
  | { kind: "run"; runId: string; key: string; line: number }
  | { kind: "decision"; runId: string; decisionId: string; key: string; action: string; effect: string }
  | { kind: "events"; runId: string; ids: string[]; accepted: number; duplicates: number }
  | { kind: "complete"; runId: string };

export interface Journal {
  /** Returns once the line is on disk: whatever crashes afterwards, it was acknowledged. */
  append(entry: Acknowledged): void;
  close(): void;
}

export const noJournal: Journal = { append: () => undefined, close: () => undefined };

/** A file of JSON lines that only grows. */
export function openJournal(path: string): Journal {
  const file = openSync(path, "a");
  return {
    append: (entry) => {
      writeSync(file, `${JSON.stringify(entry)}\n`);
      fsyncSync(file);
    },
    close: () => closeSync(file),
  };
}
