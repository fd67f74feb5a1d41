import { afterAll, beforeAll, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { applyManifest } from "@/lib/manifest/apply";
import { exportManifest } from "@/lib/manifest/export";
import { problemText } from "@/lib/manifest/parse";
import { operator } from "@/lib/manifest/testing";

const manifest = (rotations: string, rule: string): string => `apiVersion: remit/v1
people:
  - {email: ana@example.com, name: Ana, roles: [{role: manager, node: support}]}
  - {email: ben@example.com, name: Ben, roles: [{role: reviewer, node: support}]}
  - {email: eve@example.com, name: Eve, roles: [{role: auditor, node: support}]}
chart:
  - team: support
    children:
      - {agent: desk, owner: ana@example.com, tier: execute, grants: ["crm.*"]}
systems:
  - {id: crm, actions: [{id: crm.write, kind: execute}]}
rotations:
${rotations}
policies:
  - id: limits
    rules:
      - {id: big, match: {actions: [crm.write]}, effect: escalate, ${rule}}
`;
const NIGHT =
  '  - {id: night, node: support, members: [ana@example.com, ben@example.com], shift: 12h, handover: "20:00", zone: Europe/Berlin, start: 2026-11-23}';

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.close());

async function refused(text: string): Promise<string[]> {
  const applied = await applyManifest(operator(database.db), text);
  if (!applied.ok || applied.value.outcome !== "refused") throw new Error(`not refused: ${JSON.stringify(applied)}`);
  return applied.value.problems.map(problemText);
}

it("makes rotations before the rules that ask them, exports them, and changes nothing the second time", async () => {
  const context = operator(database.db);
  const text = manifest(
    NIGHT,
    "to: [rotation:night], then: [{to: [role:manager@support], after: 10m}], quorum: 2, onDeadline: deny",
  );
  const applied = await applyManifest(context, text);
  expect(applied).toMatchObject({ ok: true, value: { outcome: "applied", warnings: [] } });
  expect(await database.db.rotation.findMany({ include: { node: { select: { slug: true } } } })).toMatchObject([
    {
      slug: "night",
      name: "Night",
      shiftLength: 12,
      shiftUnit: "hours",
      handoverMinute: 1_200,
      node: { slug: "support" },
    },
  ]);
  expect(await applyManifest(context, text)).toMatchObject({ ok: true, value: { steps: [] } });
  const exported = await exportManifest(context);
  if (!exported.ok) throw new Error(exported.error.message);
  expect(exported.value).toContain("members: [ana@example.com, ben@example.com]");
  expect(exported.value).toContain("shift: 12h");
  expect(await applyManifest(context, exported.value)).toMatchObject({ ok: true, value: { steps: [] } });
  const later = await applyManifest(context, text.replace("shift: 12h", "shift: 1w"));
  expect(later).toMatchObject({ ok: true, value: { steps: [{ verb: "update", subject: "rotation", name: "night" }] } });
});

it("refuses what does not exist, naming line and field", async () => {
  const wrong = NIGHT.replace("ben@example.com", "who@example.com").replace("node: support", "node: nowhere");
  expect(await refused(manifest(`${wrong}\n${NIGHT}`, "to: [rotation:day, role:manager@nowhere]"))).toEqual([
    "line 13: rotations[0].node: there is no node nowhere",
    "line 13: rotations[0].members[1]: there is no person who@example.com",
    "line 14: rotations[1].id: night is listed twice",
    "line 18: policies[0].rules[0].to[0]: there is no rotation day",
    "line 18: policies[0].rules[0].to[1]: there is no node nowhere",
  ]);
  expect(await refused(manifest(NIGHT, "to: [role:auditor@support]"))).toEqual([
    "line 17: policies[0].rules[0].to[0]: must be an e-mail address, role:<admin|manager|reviewer>@<node> or rotation:<id>",
  ]);
  expect(
    await refused(
      manifest(NIGHT.replace("12h", "12x").replace("20:00", "25:00"), "then: [{to: [ana@example.com], after: 1m}]"),
    ),
  ).toEqual([
    "line 13: rotations[0].shift: must be how long a turn is: 12h, 1d or 2w",
    "line 13: rotations[0].handover: must be a time such as 09:00",
    "line 17: policies[0].rules[0].then: says who is asked next, but nobody is asked first: add to",
  ]);
});

it("refuses a rule that wants more people than there are, counting only those who may decide", async () => {
  const faults = async (rule: string) =>
    (await refused(manifest(NIGHT, rule))).map((one) => one.split(".rules[0].")[1]);
  expect(await faults("quorum: 3")).toEqual(["quorum: wants 3 people to agree, and at most 2 people can be asked"]);
  expect(await faults("to: [ana@example.com, eve@example.com], quorum: 2")).toEqual([
    "quorum: wants 2 people to agree, and at most one person can be asked",
  ]);
  expect(await faults("to: [rotation:night], quorum: 2, excludeOwner: true")).toEqual([
    "quorum: wants 2 people to agree, and at most one person can be asked",
  ]);
  expect(await faults("to: [ana@example.com], quorum: 0")).toEqual(["quorum: must be at least 1"]);
  expect(await faults("onDeadline: allow")).toEqual(["onDeadline: must be deny: what nobody decided is not allowed"]);
  expect(await faults("to: [ana@example.com], then: [{to: [ben@example.com], after: 2h}], deadline: 1h")).toEqual([
    "then[0].after: comes after the deadline",
  ]);
});
