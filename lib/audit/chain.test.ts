import { describe, expect, it } from "vitest";
import { GENESIS, headOf, link, linkHash, type AuditEntry } from "@/lib/audit/chain";

const at = new Date("2026-11-21T10:00:00.000Z");
const entry = (subjectId: string): AuditEntry => ({
  action: "agent.suspend",
  subjectKind: "agent",
  subjectId,
  nodeId: null,
  detail: { reason: "drift" },
});

describe("the audit chain", () => {
  it("links each record to the one before", () => {
    const head = { stream: "configuration", seq: 0n, hash: GENESIS };
    const first = link(head, at, { kind: "cli", id: "operator" }, entry("a"));
    const second = link(headOf(first), at, { kind: "cli", id: "operator" }, entry("b"));
    expect(first.seq).toBe(1n);
    expect(second.seq).toBe(2n);
    expect(second.prevHash).toEqual(first.hash);
    expect(second.hash).toEqual(linkHash(first.hash, second.body));
  });

  it("puts everything that a column repeats under the hash", () => {
    const { body } = link({ stream: "s", seq: 6n, hash: GENESIS }, at, { kind: "person", id: "p1" }, entry("a1"));
    expect(JSON.parse(body)).toEqual({
      stream: "s",
      seq: "7",
      at: "2026-11-21T10:00:00.000Z",
      actor: { kind: "person", id: "p1" },
      action: "agent.suspend",
      subject: { kind: "agent", id: "a1" },
      nodeId: null,
      detail: { reason: "drift" },
    });
  });
});
