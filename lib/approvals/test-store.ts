import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { loadViewer } from "@/lib/auth/load-viewer";
import type { Role } from "@/lib/auth/permissions";
import type { Viewer } from "@/lib/auth/viewer";
import { newId } from "@/lib/kernel/ids";
import { argsHash, sha256, type JsonObject } from "@/lib/kernel/json";

/** The moment at which tests of queries look at the store. */
export const NOW = new Date("2026-03-10T12:00:00.000Z");

/** NOW, moved by seconds. */
export const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(sha256(text));

/** Rows for tests of what people read. They are written directly, since what reads them must hold for every row that can be stored. */
function testStore(db: Db) {
  const person = async (name: string) => {
    const { id } = await db.person.create({ data: { id: newId(), name, email: `${name.toLowerCase()}@example.com` } });
    return id;
  };
  const team = async (slug: string, parentId: string | null) =>
    (await db.node.create({ data: { id: newId(), slug, name: `Team ${slug}`, kind: "team", parentId } })).id;
  const agent = async (slug: string, parentId: string, ownerId: string) => {
    const id = newId();
    await db.node.create({ data: { id, slug, name: `Agent ${slug}`, kind: "agent", parentId } });
    await db.agent.create({ data: { id, ownerId, tier: "execute" } });
    await db.agentVersion.create({
      data: { id: newId(), agentId: id, number: 1, boundary: {}, contentHash: bytes(slug) },
    });
    return id;
  };
  const bind = async (personId: string, role: Role, nodeId: string) => {
    await db.roleBinding.create({ data: { id: newId(), personId, role, nodeId } });
  };
  const viewer = async (personId: string): Promise<Viewer> => {
    const loaded = await loadViewer({ db, clock: { now: () => NOW }, newId }, { personId, sessionEpoch: 0 });
    if (!loaded) throw new Error("no such viewer");
    return loaded;
  };
  const run = async (agentId: string, more: Partial<Prisma.RunUncheckedCreateInput> = {}) => {
    const id = newId();
    const version = await db.agentVersion.findFirstOrThrow({ where: { agentId } });
    const startedAt = new Date(more.startedAt ?? at(-600));
    await db.$executeRaw`SELECT ensure_event_days(${startedAt.toISOString().slice(0, 10)}::date, 1)`;
    await db.run.create({
      data: {
        id,
        agentId,
        agentVersionId: version.id,
        tokenHash: bytes(id),
        tokenExpiresAt: at(3_600),
        trigger: { kind: "api" },
        startedAt,
        leaseUntil: at(120),
        ...more,
      },
    });
    return { id, agentId, startedAt };
  };
  type TestRun = Awaited<ReturnType<typeof run>>;

  const decision = async (
    of: TestRun,
    more: Partial<Prisma.DecisionUncheckedCreateInput> & { args?: JsonObject } = {},
  ) => {
    const id = newId();
    const action = more.action ?? "crm.update_account";
    const args: JsonObject = more.args ?? { account_id: "A-1" };
    await db.decision.create({
      data: {
        id,
        runId: of.id,
        agentId: of.agentId,
        effect: "allow",
        code: "allowed",
        message: "Allowed.",
        checks: [],
        configVersion: 1n,
        latencyUs: 420,
        at: at(-300),
        ...more,
        action,
        args,
        argsHash: new Uint8Array(argsHash(action, args)),
      },
    });
    return id;
  };
  const approval = async (
    of: TestRun,
    approverIds: string[],
    {
      checks = [],
      evidence,
      ...more
    }: Partial<Prisma.ApprovalUncheckedCreateInput> & {
      args?: JsonObject;
      /** Of the decision that asks. */
      checks?: Prisma.InputJsonValue;
      evidence?: JsonObject;
    } = {},
  ) => {
    const action = more.action ?? "crm.update_account";
    const args: JsonObject = more.args ?? { account_id: "A-1" };
    const requestedAt = new Date(more.requestedAt ?? at(-300));
    const decisionId = await decision(of, {
      action,
      args,
      checks,
      effect: "escalate",
      code: "irreversible",
      at: requestedAt,
      ...(evidence && { evidence }),
    });
    const { id } = await db.approval.create({
      data: {
        id: newId(),
        decisionId,
        runId: of.id,
        agentId: of.agentId,
        code: "irreversible",
        risk: "medium",
        approverIds,
        askedIds: approverIds,
        deadline: at(1_800),
        ...more,
        requestedAt,
        action,
        args,
        argsHash: new Uint8Array(argsHash(action, args)),
      },
    });
    return { id, decisionId };
  };
  const event = async (of: TestRun, id: string, more: Partial<Prisma.EventUncheckedCreateInput> = {}) => {
    await db.event.create({
      data: {
        runDay: new Date(of.startedAt.toISOString().slice(0, 10)),
        runId: of.id,
        id,
        agentId: of.agentId,
        kind: "step",
        at: at(-200),
        receivedAt: more.at ?? at(-200),
        payload: {},
        contentHash: bytes(id),
        ...more,
      },
    });
    return id;
  };
  return { person, team, agent, bind, viewer, run, decision, approval, event };
}

/** Acme: support (agents desk and, below it, helper) and finance (agent ledger); Ada sees all, Rob reviews support, Fay manages finance. */
export async function seedAcme(db: Db) {
  const store = testStore(db);
  const [ada, rob, fay] = [await store.person("Ada"), await store.person("Rob"), await store.person("Fay")];
  const root = await store.team("acme", null);
  const support = await store.team("support", root);
  const finance = await store.team("finance", root);
  const desk = await store.agent("desk", support, ada);
  const helper = await store.agent("helper", desk, ada);
  const ledger = await store.agent("ledger", finance, fay);
  await store.bind(ada, "admin", root);
  await store.bind(rob, "reviewer", support);
  await store.bind(fay, "manager", finance);
  await db.system.create({ data: { id: "crm", name: "Customer records" } });
  await db.action.create({
    data: { id: "crm.update_account", systemId: "crm", title: "Update an account", kind: "execute", impact: "medium" },
  });
  return { ...store, ids: { ada, rob, fay, root, support, finance, desk, helper, ledger } };
}
