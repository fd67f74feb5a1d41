import { createCredential } from "@/lib/agents/credential-create";
import type { CommandContext } from "@/lib/audit/change";
import { accessOf } from "@/lib/auth/access";
import { createDb } from "@/lib/db/client";
import { createPool } from "@/lib/db/connect";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { operator, seed, type Seeded } from "@/lib/manifest/testing";

/** An organisation in which every effect can be asked for: reads, an ungranted action, one that asks a person, one that a policy denies. */
export const DESK = `
apiVersion: remit/v1
# What a person decides reaches the agent at once.
settings: {approvals: {undoSeconds: 0, minimumSeconds: {high: 0}}}
people:
  - {email: ana@example.com, name: Ana Reyes, roles: [{role: admin, node: support}]}
  - {email: bo@example.com, name: Bo Lind, roles: [{role: reviewer, node: support}]}
chart:
  - team: support
    name: Customer support
    lead: ana@example.com
    children:
      - agent: desk
        name: Service desk
        owner: ana@example.com
        tier: execute
        purpose: Serves customers
        grants: ["desk.*"]
        children:
          - {agent: helper, name: Helper, owner: ana@example.com, tier: execute, purpose: Helps the desk, grants: ["desk.read_*", "desk.note"]}
      - {agent: other, name: Other, owner: ana@example.com, tier: execute, purpose: Something else, grants: ["desk.read_*"]}
systems:
  - id: desk
    name: Service desk
    actions:
      - {id: desk.read_order, kind: read, impact: low, reversibility: reversible, dataClasses: [pii], fact: {key: args.id, value: result}, args: {type: object, required: [id], properties: {id: {type: string}}}}
      - {id: desk.note, kind: execute, impact: low, reversibility: reversible}
      - {id: desk.refund, kind: execute, impact: low, reversibility: reversible, args: {type: object, required: [amount], properties: {amount: {type: number}, id: {type: string}}}}
      - {id: desk.close, kind: execute, impact: high, reversibility: irreversible}
      - {id: desk.wipe, kind: execute, impact: low, reversibility: reversible}
      - {id: desk.cancel, kind: execute, impact: low, reversibility: reversible}
policies:
  - id: desk-rules
    rules:
      - {id: large-refund, match: {actions: [desk.refund]}, when: args.amount > 100.0, effect: escalate, to: [bo@example.com], deadline: 30m, message: A person decides large refunds.}
      - {id: never-wipe, match: {actions: [desk.wipe]}, effect: deny, message: Nobody wipes.}
      - id: only-open-orders
        match: {actions: [desk.cancel]}
        when: facts["desk.read_order"][args.id].state == "shipped"
        effect: deny
        message: Shipped orders are not cancelled.
`;

export interface Desk extends Seeded {
  database: TestDatabase;
  context: CommandContext;
  /** The credential of the agent `desk`. */
  credential: string;
  close(): Promise<void>;
}

/** A database of the test file's own with that organisation in it. */
export async function createDesk(manifest = DESK): Promise<Desk> {
  const database = await createTestDatabase();
  return furnish(database, manifest);
}

/** That organisation in a database that the test starts and stops itself. */
export async function createDeskOn({ runtimeUrl, ownerUrl }: { runtimeUrl: string; ownerUrl: string }): Promise<Desk> {
  const pool = createPool(runtimeUrl, { applicationName: "remit test" });
  const ownerPool = createPool(ownerUrl, { applicationName: "remit test owner", max: 2 });
  const close = async (): Promise<void> => void (await Promise.all([pool.end(), ownerPool.end()]));
  return furnish({ runtimeUrl, ownerUrl, pool, db: createDb(pool), ownerDb: createDb(ownerPool), close }, DESK);
}

async function furnish(database: TestDatabase, manifest: string): Promise<Desk> {
  const seeded = await seed(database.db, manifest);
  const context = operator(database.db);
  const made = await createCredential(context, { agentId: seeded.id("desk"), name: "test" });
  if (!made.ok) throw new Error(made.error.message);
  return { ...seeded, database, context, credential: made.value.secret, close: () => database.close() };
}

/** Somebody of the organisation, as the console lets them act. */
export async function personOf(desk: Desk, email: string): Promise<CommandContext> {
  const { db } = desk.database;
  const id = desk.id(email);
  const [bindings, nodes] = await Promise.all([
    db.roleBinding.findMany({ where: { personId: id }, select: { role: true, nodeId: true } }),
    db.node.findMany({ select: { id: true, parentId: true } }),
  ]);
  return { ...desk.context, actor: { kind: "person", id }, access: accessOf(id, bindings, nodes) };
}
