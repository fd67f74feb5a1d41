import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { GENESIS, headOf, link, type AuditLink, type StreamHead } from "@/lib/audit/chain";
import { writeLine } from "@/lib/audit/exports/line";
import { verifyExport } from "@/lib/audit/exports/verify-export";

/** Honestly linked records of two streams, in the order of an export. */
const links = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).map(([a, b]) =>
  (
    [
      ["configuration", a],
      ["gate/1", b],
    ] as const
  ).flatMap(([stream, count]) => {
    let head: StreamHead = { stream, seq: 0n, hash: GENESIS };
    return Array.from({ length: count }, (_, i) => {
      const at = new Date(Date.UTC(2026, 10, 21, 12, i));
      const entry = { action: "agent.suspend", subjectKind: "agent", subjectId: `a${i}`, nodeId: null, detail: { i } };
      const next = link(head, at, { kind: "cli", id: "root" }, entry);
      head = headOf(next);
      return next;
    });
  }),
);

const HEAD = writeLine({
  export: { format: "remit-audit-export-1", at: "2026-11-21T13:00:00Z", by: "ada", filters: {} },
});
const line = (one: AuditLink): string =>
  writeLine({
    stream: one.stream,
    seq: one.seq.toString(),
    prevHash: one.prevHash.toString("hex"),
    hash: one.hash.toString("hex"),
    body: one.body,
  });
const fileOf = (records: readonly AuditLink[]): string[] =>
  [HEAD, ...records.map(line), writeLine({ end: { records: records.length } })].map((text) => text.trimEnd());

describe("an export of audit records", () => {
  it("verifies whole, and says so", async () => {
    await fc.assert(
      fc.asyncProperty(links, async (records) => {
        expect(await verifyExport(fileOf(records), records.map(headOf))).toMatchObject({
          records: records.length,
          streams: 2,
          gaps: 0,
          anchored: records.length,
          complete: true,
          faults: [],
        });
      }),
    );
  });

  it("with any record edited, names its line or that of the next", async () => {
    await fc.assert(
      fc.asyncProperty(
        links,
        fc.nat(),
        fc.constantFrom("body", "hash", "prevHash", "seq"),
        async (records, which, what) => {
          const i = which % records.length;
          const edited = fileOf(records).map((text, at) => {
            if (at !== i + 1) return text;
            const one = JSON.parse(text);
            if (what === "body") one.body = one.body.replace("suspend", "resume_");
            else if (what === "seq") one.seq = String(Number(one.seq) + 7);
            else one[what] = one[what].replace(/^./, (digit: string) => (digit === "0" ? "1" : "0"));
            return JSON.stringify(one);
          });
          const { faults } = await verifyExport(edited);
          expect([i + 2, i + 3]).toContain(faults[0]?.line);
        },
      ),
    );
  });

  it("counts what is left out, and vouches by a checkpoint only for what leads to it without a gap", async () => {
    await fc.assert(
      fc.asyncProperty(links, fc.nat(), async (records, which) => {
        const own = records.filter((one) => one.stream === "configuration");
        fc.pre(own.length > 2);
        const i = 1 + (which % (own.length - 2));
        const last = own.at(-1);
        const found = await verifyExport(fileOf(own.toSpliced(i, 1)), last ? [headOf(last)] : []);
        expect(found).toMatchObject({ gaps: 1, anchored: own.length - 1 - i, complete: true, faults: [] });
      }),
    );
  });

  it("is not whole when its end is missing or counts otherwise, or a line is no line", async () => {
    const [one] = fc.sample(links, { numRuns: 1, seed: 1 });
    const file = fileOf(one ?? []);
    expect(await verifyExport(file.slice(0, -1))).toMatchObject({ complete: false, faults: [] });
    expect((await verifyExport(file.toSpliced(1, 1))).complete).toBe(false);
    expect((await verifyExport([...file, HEAD])).faults).toHaveLength(1);
    expect((await verifyExport(["{}"])).faults).toEqual([{ line: 1, message: "It is no line of an export." }]);
  });

  it("of a chain that was written anew is told by a checkpoint", async () => {
    const [records = []] = fc.sample(links, { numRuns: 1, seed: 2 });
    const heads = records.map(headOf).map((head) => ({ ...head, hash: Buffer.alloc(32, 7) }));
    const { faults, anchored } = await verifyExport(fileOf(records), heads);
    expect(faults).toHaveLength(records.length);
    expect(anchored).toBe(0);
  });
});
