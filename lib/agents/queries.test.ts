import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { getAgent, listCredentials, listVersions, recentRuns } from "@/lib/agents/agent-queries";
import { effectiveAuthority } from "@/lib/agents/authority-queries";
import { getChart } from "@/lib/agents/chart-queries";
import { createCredential } from "@/lib/agents/credential-create";
import { revokeCredential } from "@/lib/agents/credential-revoke";
import { addGrant } from "@/lib/agents/grant-add";
import { AGENT_SORTS, agentListSchema, type AgentListParams } from "@/lib/agents/list-params";
import { listAgents } from "@/lib/agents/queries";
import { suspendAgent } from "@/lib/agents/suspend";
import { at, seedAcme } from "@/lib/approvals/test-store";
import type { Viewer } from "@/lib/auth/viewer";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
/** Ada sees all, Rob support, Fay finance, Hal nothing but the agent `helper`. */
let ada: Viewer;
let rob: Viewer;
let fay: Viewer;
let hal: Viewer;

const list = (viewer: Viewer, params: Partial<AgentListParams> = {}) =>
  listAgents(viewer, agentListSchema.parse(params));
const slugs = async (viewer: Viewer, params: Partial<AgentListParams> = {}) =>
  (await list(viewer, params)).rows.map((row) => row.slug);

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  const { ids } = acme;
  const halId = await acme.person("Hal");
  await acme.bind(halId, "auditor", ids.helper);
  [ada, rob, fay, hal] = [
    await acme.viewer(ids.ada),
    await acme.viewer(ids.rob),
    await acme.viewer(ids.fay),
    await acme.viewer(halId),
  ];
  await acme.run(ids.desk, { decisions: 10, denials: 1, costMicroUsd: 2_000_000n });
  await acme.run(ids.desk, {
    decisions: 10,
    denials: 0,
    costMicroUsd: 1_000_000n,
    unpricedCalls: 2,
    status: "succeeded",
    endedAt: at(-60),
  });
  await acme.run(ids.helper, { decisions: 4, denials: 2, startedAt: at(-5 * 86_400) });
  await acme.run(ids.ledger, { decisions: 9, denials: 9, costMicroUsd: 9n, startedAt: at(-8 * 86_400) });
  await database.db.action.create({ data: { id: "crm.read_account", systemId: "crm", kind: "read", impact: "low" } });
  await suspendAgent(ada, { id: ids.ledger, reason: "quarter end" });
});
afterAll(() => database.close());

describe("the list of agents", () => {
  it("has figures of seven days, team, owner and standing", async () => {
    const { rows, total } = await list(ada);
    expect(total).toBe(3);
    expect(rows.find((row) => row.slug === "desk")).toMatchObject({
      team: { slug: "support" },
      owner: { name: "Ada" },
      runs: 2,
      running: 1,
      decisions: 20,
      denials: 1,
      costMicroUsd: "3000000",
      unpricedCalls: 2,
      suspendedBy: null,
    });
    expect(rows.find((row) => row.slug === "ledger")).toMatchObject({
      status: "suspended",
      runs: 0,
      costMicroUsd: "0",
      lastSeenAt: at(-8 * 86_400),
    });
  });

  it("is searched, filtered, sorted and paged", async () => {
    expect(await slugs(ada, { q: "AGENT hel" })).toEqual(["helper"]);
    expect(await slugs(ada, { q: "fay" })).toEqual(["ledger"]);
    expect(await slugs(ada, { q: "%" })).toEqual([]);
    expect(await slugs(ada, { node: "desk" })).toEqual(["desk", "helper"]);
    expect(await slugs(ada, { node: "No slug" })).toEqual([]);
    expect(await slugs(ada, { status: ["suspended"] })).toEqual(["ledger"]);
    expect(await slugs(ada, { tier: ["observe"] })).toEqual([]);
    expect(await slugs(ada, { sort: "cost", descending: true })).toEqual(["desk", "helper", "ledger"]);
    expect(await slugs(ada, { sort: "denials", descending: true })).toEqual(["helper", "desk", "ledger"]);
    expect(await slugs(ada, { page: 2, pageSize: 2 })).toEqual(["ledger"]);
    expect(await list(ada, { page: 9 })).toEqual({ rows: [], total: 3 });
    for (const sort of AGENT_SORTS) expect(await slugs(ada, { sort })).toHaveLength(3);
  });

  it("I12: holds agents of the viewer's subtree only", async () => {
    expect(await slugs(rob)).toEqual(["desk", "helper"]);
    expect(await slugs(fay)).toEqual(["ledger"]);
    expect(await slugs(fay, { node: "support" })).toEqual([]);
    expect(await list(hal)).toMatchObject({ total: 1, rows: [{ slug: "helper", team: null }] });
  });
});

describe("an agent's page", () => {
  it("says what the agent is, and what the viewer may do with it", async () => {
    expect(await getAgent(ada, "desk")).toMatchObject({
      name: "Agent desk",
      week: { runs: 2, running: 1, decisions: 20, denials: 1, costMicroUsd: "3000000", unpricedCalls: 2 },
      above: [{ slug: "support" }, { slug: "acme" }],
      may: { suspend: true, resume: true, writeCredentials: true, readAudit: true },
    });
    expect(await getAgent(rob, "desk")).toMatchObject({
      above: [{ slug: "support" }],
      may: { suspend: true, resume: false, writeCredentials: false, readAudit: false },
    });
  });

  it("shows credentials without their secret, live ones first", async () => {
    const { ids } = acme;
    const first = await createCredential(ada, { agentId: ids.desk, name: "old" });
    await createCredential(ada, { agentId: ids.desk, name: "new", expiresAt: at(60) });
    if (first.ok) await revokeCredential(ada, { id: first.value.id });
    const rows = await listCredentials(ada, ids.desk);
    expect(rows).toMatchObject([
      { name: "new", state: "live", createdBy: "Ada" },
      { name: "old", state: "revoked", revokedAt: ada.clock.now() },
    ]);
    expect(JSON.stringify(rows)).not.toContain(first.ok ? first.value.secret : "");
    expect(Object.keys(rows[0] ?? {})).not.toContain("secretHash");
  });

  it("shows runs and versions", async () => {
    expect(await recentRuns(ada, acme.ids.desk)).toMatchObject([{ trigger: "api", version: 1 }, { version: 1 }]);
    expect(await listVersions(ada, acme.ids.desk)).toMatchObject([
      { number: 1, runs: 2, boundary: { name: "Agent desk" } },
    ]);
  });

  it("I4: shows what the agent may do after every agent above, and who narrowed it", async () => {
    const { ids } = acme;
    await addGrant(ada, { agentId: ids.desk, pattern: "crm.read_*" });
    await addGrant(ada, { agentId: ids.helper, pattern: "crm.*" });
    const view = await effectiveAuthority(rob, ids.helper);
    expect(view).toMatchObject({
      grants: [{ pattern: "crm.*", state: "live" }],
      chain: [{ slug: "helper" }, { slug: "desk", patterns: ["crm.read_*"] }],
      actions: [
        { id: "crm.read_account", effect: "allow", by: "tier" },
        { id: "crm.update_account", effect: "deny", by: "authority", narrowedBy: ids.desk },
      ],
      notGranted: 0,
    });
    const unseen = await effectiveAuthority(hal, ids.helper);
    expect(unseen?.chain).toEqual([
      expect.objectContaining({ slug: "helper" }),
      { id: ids.desk, slug: null, name: null, patterns: [] },
    ]);
    expect(unseen?.actions).toEqual(view?.actions);
  });

  it("I12: does not exist for those who cannot see the agent, nor for a malformed name", async () => {
    const { ids } = acme;
    for (const slug of ["ledger", "support", "nobody", "No Slug", "a\0b", ""])
      expect(await getAgent(rob, slug)).toBeNull();
    for (const id of [ids.ledger, "nobody", ""]) {
      expect(await effectiveAuthority(rob, id)).toBeNull();
      expect(await listCredentials(rob, id)).toEqual([]);
      expect(await listVersions(rob, id)).toEqual([]);
      expect(await recentRuns(rob, id)).toEqual([]);
    }
    expect(await effectiveAuthority(ada, "nobody")).toBeNull();
    expect(await listCredentials(ada, "nobody")).toEqual([]);
  });
});

describe("the chart", () => {
  it("has every node once, parents first, with what runs now", async () => {
    const { nodes, truncated } = await getChart(ada);
    expect(truncated).toBe(false);
    expect(nodes.map((node) => node.slug)).toEqual(["acme", "finance", "support", "desk", "ledger", "helper"]);
    expect(nodes.find((node) => node.slug === "desk")).toMatchObject({
      agent: { running: 1, owner: "Ada", waiting: 0 },
    });
    expect(nodes.find((node) => node.slug === "ledger")?.agent?.status).toBe("suspended");
  });

  it("I12: begins at the topmost node that the viewer sees", async () => {
    const { nodes } = await getChart(rob);
    expect(nodes.map(({ slug, parentId }) => [slug, parentId === null])).toEqual([
      ["support", true],
      ["desk", false],
      ["helper", false],
    ]);
    expect((await getChart(hal)).nodes).toMatchObject([{ slug: "helper", parentId: null }]);
  });
});
