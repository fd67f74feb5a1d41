import type { CommandContext } from "@/lib/audit/change";
import { loadViewer } from "@/lib/auth/load-viewer";
import type { Role } from "@/lib/auth/permissions";
import type { Viewer } from "@/lib/auth/viewer";
import type { Db } from "@/lib/db/client";
import type { Clock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import type { Result } from "@/lib/kernel/result";
import { createTeam } from "@/lib/agents/team-create";
import { createPerson } from "@/lib/people/create";
import { hashPassword } from "@/lib/people/password";
import { setUp } from "@/lib/people/setup";

export { createTestDatabase, type TestDatabase } from "@/lib/db/testing";

export const PASSWORD = "quiet harbour 71 lanterns";

/** A clock that stands until it is moved. */
interface HandClock extends Clock {
  advance(ms: number): void;
}

export function handClock(start = new Date("2026-11-21T09:00:00Z")): HandClock {
  let ms = start.getTime();
  return { now: () => new Date(ms), advance: (by) => void (ms += by) };
}

/** The operator at the machine. */
export const operator = (db: Db, clock: Clock): CommandContext => ({
  db,
  clock,
  newId,
  actor: { kind: "cli", id: "test" },
});

/** The value of a result that the test relies on. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

/** An organisation of two teams, each with its manager, made by the real commands: root ← sales, support ← desk. */
export async function createOrganisation(db: Db, clock: Clock) {
  const ctx = operator(db, clock);
  const admin = must(
    await setUp(ctx, { organisation: "Northwind", name: "Ada Root", email: "ada@example.com", password: PASSWORD }),
  );
  const root = await db.node.findFirstOrThrow({ where: { parentId: null }, select: { id: true } });
  const team = async (slug: string, parentId: string) => must(await createTeam(ctx, { parentId, slug, name: slug })).id;
  const [sales, support] = [await team("sales", root.id), await team("support", root.id)];
  const desk = await team("desk", support);
  const passwordHash = await hashPassword(PASSWORD);
  const person = async (name: string, roles: { role: Role; nodeId: string }[]) =>
    must(await createPerson(ctx, { email: `${name}@example.com`, name, roles, passwordHash })).id;
  return {
    nodes: { root: root.id, sales, support, desk },
    people: {
      ada: admin.personId,
      sam: await person("sam", [{ role: "manager", nodeId: sales }]),
      sue: await person("sue", [{ role: "manager", nodeId: support }]),
      dan: await person("dan", [{ role: "reviewer", nodeId: desk }]),
      /** Admin of support only. */
      pat: await person("pat", [{ role: "admin", nodeId: support }]),
      /** No role anywhere. */
      zoe: await person("zoe", []),
    },
  };
}

/** The person as signed in now. */
export async function viewerOf(db: Db, clock: Clock, personId: string): Promise<Viewer> {
  const { sessionEpoch } = await db.person.findUniqueOrThrow({
    where: { id: personId },
    select: { sessionEpoch: true },
  });
  const viewer = await loadViewer({ db, clock, newId }, { personId, sessionEpoch });
  if (!viewer) throw new Error("the session is dead");
  return viewer;
}
