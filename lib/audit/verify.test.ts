import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { GENESIS, headOf, link, linkHash, type Actor, type AuditLink, type StreamHead } from "@/lib/audit/chain";
import { unverified, verifyHead, verifyLinks, type AuditFault, type StoredRecord } from "@/lib/audit/verify";

const STREAM = "configuration";

const actor: fc.Arbitrary<Actor> = fc.record({
  kind: fc.constantFrom("person", "agent", "system", "cli"),
  id: fc.uuid(),
});
const entry = fc.record({
  action: fc.constantFrom("agent.suspend", "approval.approve", "decision.deny"),
  subjectKind: fc.constantFrom("agent", "approval", "decision"),
  subjectId: fc.uuid(),
  nodeId: fc.option(fc.uuid()),
  detail: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), {
    maxKeys: 4,
  }),
});
const at = fc.date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true });

/** A stream of 1 to 8 honestly linked records. */
const stream = fc.array(fc.tuple(at, actor, entry), { minLength: 1, maxLength: 8 }).map((entries) => {
  let head: StreamHead = { stream: STREAM, seq: 0n, hash: GENESIS };
  return entries.map(([when, who, what]) => {
    const next = link(head, when, who, what);
    head = headOf(next);
    return stored(next);
  });
});

const stored = (one: AuditLink): StoredRecord => ({
  stream: one.stream,
  seq: one.seq,
  at: one.at,
  actorKind: one.actor.kind,
  actorId: one.actor.id,
  action: one.entry.action,
  subjectKind: one.entry.subjectKind,
  subjectId: one.entry.subjectId,
  nodeId: one.entry.nodeId,
  body: one.body,
  prevHash: one.prevHash,
  hash: one.hash,
});

/** The stream's head as it was when these records were the whole stream. */
const headFor = (records: readonly StoredRecord[]) => {
  const last = records.at(-1);
  return { seq: last?.seq ?? 0n, hash: last?.hash ?? GENESIS };
};

function faultIn(records: readonly StoredRecord[], head: { seq: bigint; hash: Uint8Array }): AuditFault | null {
  const result = verifyLinks(unverified(STREAM), records);
  return result.ok ? verifyHead(result.verified, head) : result.fault;
}

const flipByte = (bytes: Uint8Array, index: number, mask: number): Uint8Array =>
  bytes.map((byte, i) => (i === index % bytes.length ? byte ^ mask : byte));

/** Another text of the same kind: one character changed, one taken away, or one added. */
const editText = (text: string, index: number, mask: number): string => {
  const i = text.length === 0 ? 0 : index % text.length;
  const kind = mask % 3;
  if (kind === 0 || text.length === 0) return `${text.slice(0, i)}~${text.slice(i)}`;
  if (kind === 1) return text.slice(0, i) + text.slice(i + 1);
  return text.slice(0, i) + (text[i] === "0" ? "1" : "0") + text.slice(i + 1);
};

const COLUMNS = [
  "stream",
  "seq",
  "at",
  "actorKind",
  "actorId",
  "action",
  "subjectKind",
  "subjectId",
  "nodeId",
  "body",
  "prevHash",
  "hash",
] as const;

function tamper(record: StoredRecord, column: (typeof COLUMNS)[number], index: number, mask: number): StoredRecord {
  switch (column) {
    case "seq":
      return { ...record, seq: record.seq ^ BigInt(mask) };
    case "at":
      return { ...record, at: new Date(record.at.getTime() + mask) };
    case "prevHash":
    case "hash":
      return { ...record, [column]: flipByte(record[column], index, mask) };
    case "actorId":
    case "nodeId":
      return {
        ...record,
        [column]: record[column] === null ? "x" : mask === 1 ? null : editText(record[column], index, mask),
      };
    default:
      return { ...record, [column]: editText(record[column], index, mask) };
  }
}

const place = fc.nat({ max: 1_000 });
const mask = fc.integer({ min: 1, max: 255 });

describe("I8: the verifier", () => {
  it("vouches for an untouched stream, whole or in batches", () => {
    fc.assert(
      fc.property(stream, place, (records, cut) => {
        const middle = cut % (records.length + 1);
        const first = verifyLinks(unverified(STREAM), records.slice(0, middle));
        expect(first.ok).toBe(true);
        const second = verifyLinks(first.verified, records.slice(middle));
        expect(second).toMatchObject({ ok: true, verified: headFor(records) });
        expect(verifyHead(second.verified, headFor(records))).toBeNull();
      }),
    );
  });

  it.each(COLUMNS)("finds any change of %s in any record, and names that record or the next", (column) => {
    fc.assert(
      fc.property(stream, place, place, mask, (records, which, index, bits) => {
        const target = which % records.length;
        const changed = records.map((record, i) => (i === target ? tamper(record, column, index, bits) : record));
        const fault = faultIn(changed, headFor(records));
        expect(fault).not.toBeNull();
        expect(fault?.seq === BigInt(target + 1) || column === "seq").toBe(true);
      }),
    );
  });

  it("finds a change whose own hash was computed anew, at the next record or the head", () => {
    fc.assert(
      fc.property(stream, place, (records, which) => {
        const target = which % records.length;
        const changed = records.map((record, i) => {
          if (i !== target) return record;
          const body = record.body.replace(/"action":"[^"]*"/, '"action":"agent.resume"');
          return { ...record, action: "agent.resume", body, hash: linkHash(record.prevHash, body) };
        });
        const fault = faultIn(changed, headFor(records));
        expect(fault?.kind).toBe(target === records.length - 1 ? "head" : "link");
      }),
    );
  });

  it("finds a removed record, the last one too", () => {
    fc.assert(
      fc.property(stream, place, (records, which) => {
        const target = which % records.length;
        const fault = faultIn(records.toSpliced(target, 1), headFor(records));
        expect(fault).toMatchObject({ kind: "gap", seq: BigInt(target + 1) });
      }),
    );
  });

  it("finds two records in each other's place, with and without their numbers", () => {
    fc.assert(
      fc.property(stream, place, (records, which) => {
        fc.pre(records.length > 1);
        const i = which % (records.length - 1);
        const [a, b] = [records[i], records[i + 1]];
        if (!a || !b) return;
        expect(faultIn(records.toSpliced(i, 2, b, a), headFor(records))).not.toBeNull();
        const renumbered = records.toSpliced(i, 2, { ...b, seq: a.seq }, { ...a, seq: b.seq });
        expect(faultIn(renumbered, headFor(records))).not.toBeNull();
      }),
    );
  });

  it("finds an inserted record, even one that is linked honestly", () => {
    fc.assert(
      fc.property(stream, place, at, actor, entry, (records, which, when, who, what) => {
        const i = which % (records.length + 1);
        const before = records[i - 1];
        const head = { stream: STREAM, seq: before?.seq ?? 0n, hash: Buffer.from(before?.hash ?? GENESIS) };
        const inserted = stored(link(head, when, who, what));
        expect(faultIn(records.toSpliced(i, 0, inserted), headFor(records))).not.toBeNull();
      }),
    );
  });

  it("finds a head that was moved", () => {
    fc.assert(
      fc.property(stream, mask, (records, bits) => {
        const head = headFor(records);
        expect(faultIn(records, { ...head, seq: head.seq + BigInt(bits) })?.kind).toBe("gap");
        expect(faultIn(records, { ...head, seq: head.seq - 1n })?.kind).toBe("head");
        expect(faultIn(records, { ...head, hash: flipByte(head.hash, bits, bits) })?.kind).toBe("head");
      }),
    );
  });

  it("takes no body that is not a record, though it is hashed", () => {
    const body = '{"note":"hello"}';
    const record: StoredRecord = {
      stream: STREAM,
      seq: 1n,
      at: new Date("2026-11-21T00:00:00Z"),
      actorKind: "cli",
      actorId: "root",
      action: "x.y",
      subjectKind: "x",
      subjectId: "1",
      nodeId: null,
      body,
      prevHash: GENESIS,
      hash: linkHash(GENESIS, body),
    };
    expect(faultIn([record], headFor([record]))).toMatchObject({ kind: "body", seq: 1n });
    expect(faultIn([{ ...record, body: "{", hash: linkHash(GENESIS, "{") }], headFor([record]))?.kind).toBe("body");
  });
});
