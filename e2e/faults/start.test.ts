import { createServer } from "node:net";

import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { until } from "@/e2e/api/gate-process";
import {
  account,
  HUNG_MS,
  leftOver,
  newPlace,
  replace,
  start,
  status,
  unhung,
  whenUp,
  type Place,
  type Started,
} from "@/e2e/faults/start-testing";
import { readPidFile } from "@/lib/db/embedded";
import { ensureBuilt } from "@/lib/server/build";
import { signal } from "@/lib/server/processes";

beforeAll(() => ensureBuilt(() => undefined), 4 * HUNG_MS);

let place: Place;
beforeEach(async () => {
  place = await newPlace();
});
afterEach(() => place.clear());

const ended = (remit: Started) => unhung("its end", remit.ended, place, remit);

/** Waits until it is so, as long as that takes on a busy machine. */
const untilSo = (what: string, remit: Started, condition: () => Promise<boolean> | boolean) =>
  until(condition, HUNG_MS, () => `${what}\n${account(place, remit)}`);

// Whatever hangs is told by a bound of its own.
describe("npm start", { timeout: 8 * HUNG_MS }, () => {
  it("serves web and gate, says the next step, refuses a second start, and stops on SIGTERM with nothing left", async () => {
    const remit = start(place);
    await whenUp(remit, place);
    expect(remit.output()).toContain(`http://localhost:${place.port}/welcome to create the first admin`);
    expect(await status(place.port, "/sign-in")).toBeLessThan(400);
    const second = start(place);
    expect(await ended(second)).toBe(1);
    expect(second.output().trim()).toBe(
      `Remit is already running in ${place.home} (process ${remit.pid}): stop it first, or set REMIT_HOME to another folder.`,
    );
    expect(await status(place.gatePort, "/api/v1/ready")).toBe(200);
    signal(remit.pid, "SIGTERM");
    expect(await ended(remit)).toBe(0);
    expect(await leftOver(place.home)).toEqual([]);
  });

  it("leaves nothing behind when it is killed, and starts again on the same home and ports", async () => {
    const first = start(place);
    await whenUp(first, place);
    signal(first.pid, "SIGKILL");
    await ended(first);
    const second = start(place);
    await whenUp(second, place);
    signal(second.pid, "SIGINT");
    expect(await ended(second)).toBe(0);
    expect(await leftOver(place.home)).toEqual([]);
  });

  it("starts a role or the database again when it dies", async () => {
    const remit = start(place);
    await whenUp(remit, place);
    for (const part of ["gate", "worker", "web"] as const) await replace(place, part, remit);
    const port = readPidFile(place.home)?.port;
    await replace(place, "postgres", remit);
    await untilSo("all on the other database", remit, async () => {
      const [gate, web] = await Promise.all([status(place.gatePort, "/api/v1/ready"), status(place.port, "/sign-in")]);
      return gate === 200 && web !== undefined && web < 400;
    });
    expect(readPidFile(place.home)?.port).toBe(port);
    signal(remit.pid, "SIGTERM");
    expect(await ended(remit)).toBe(0);
    expect(await leftOver(place.home)).toEqual([]);
  });

  it("gives up a start that is interrupted, with nothing left", async () => {
    const remit = start(place);
    await untilSo("a database", remit, () => readPidFile(place.home)?.ready === true);
    signal(remit.pid, "SIGINT");
    expect(await ended(remit)).not.toBeNull();
    expect(await leftOver(place.home)).toEqual([]);
  });

  it("says which port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(place.gatePort, "127.0.0.1", resolve));
    const remit = start(place);
    expect(await ended(remit)).toBe(1);
    expect(remit.output().trim()).toBe(
      `Port ${place.gatePort} (GATE_PORT) is in use by another program: stop it, or set GATE_PORT.`,
    );
    other.close();
    expect(await leftOver(place.home)).toEqual([]);
  });

  it("names a bad variable, and an unreachable database", async () => {
    const bad = start(place, { REMIT_DEMO: "perhaps" });
    expect(await ended(bad)).toBe(1);
    expect(bad.output().trim()).toBe("REMIT_DEMO must be 1 or 0.");
    const unreachable = start(place, { DATABASE_URL: `postgresql://remit:secret@127.0.0.1:${place.gatePort}/remit` });
    expect(await ended(unreachable)).toBe(1);
    expect(unreachable.output().trim()).toBe(
      `The database at 127.0.0.1:${place.gatePort} (DATABASE_URL) cannot be reached: connect ECONNREFUSED 127.0.0.1:${place.gatePort}.`,
    );
  });
});
