import { Document, isMap, isScalar, isSeq, visit } from "yaml";

import type { CommandContext } from "@/lib/audit/change";
import { authorise } from "@/lib/auth/authorise";
import { readSnapshot } from "@/lib/db/read-snapshot";
import { ok, type Result } from "@/lib/kernel/result";
import { readCurrent, ROOT, type Current, type CurrentNode } from "@/lib/manifest/current";
import { slugOf } from "@/lib/manifest/flatten";

type Entry = { [key: string]: unknown };

/** The whole configuration as a manifest's text, for whoever reads the whole organisation. Applied to an empty database it makes the same again. */
export async function exportManifest(context: CommandContext): Promise<Result<string>> {
  for (const permission of ["chart.read", "people.read", "policy.read", "catalogue.read"] as const) {
    const allowed = authorise(context, permission, null);
    if (!allowed.ok) return allowed;
  }
  const now = context.clock.now();
  const current = await readSnapshot(context.db, (tx) => readCurrent(tx, now));
  return ok(manifestText(current));
}

/** Pure. Retired agents, actions and policies are history and left out; credentials and passwords are never part of it. */
export function manifestText(current: Current): string {
  const document = new Document(manifestOf(current));
  visit(document, {
    // Lists of words and small mappings on one line, as people write them.
    Collection: (_key, node) => {
      const small = node.items.length > 0 && node.items.length <= 8 && String(node).length <= 100;
      const leaf = isSeq(node)
        ? node.items.every((item) => isScalar(item))
        : isMap(node) && node.items.every((pair) => isScalar(pair.value));
      if (small && leaf) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 110, flowCollectionPadding: false });
}

function manifestOf(current: Current): Entry {
  return compact({
    apiVersion: "remit/v1",
    organisation: current.rootId === null ? undefined : current.organisation,
    envelope: current.envelope,
    settings: current.settings,
    people: current.people.map(({ email, name, timeZone, disabled, roles }) => {
      return { ...compact({ email, name, timeZone, disabled: disabled || undefined }), roles };
    }),
    chart: below(current, ROOT),
    systems: current.systems.map((system) =>
      compact({
        ...system,
        actions: current.actions
          .filter((action) => action.systemId === system.id && !action.retired)
          .map(({ id, fields: { rollback, rollbackArgs, ...fields } }) =>
            compact({
              id,
              ...fields,
              rollback:
                rollback !== null && rollbackArgs !== null ? { action: rollback, args: rollbackArgs } : rollback,
            }),
          ),
      }),
    ),
    rotations: current.rotations.map(
      ({ slug, name, node, members, shiftLength, shiftUnit, handover, zone, startsOn }) => ({
        id: slug,
        name,
        node,
        members,
        shift: `${shiftLength}${shiftUnit.charAt(0)}`,
        handover,
        zone,
        start: startsOn,
      }),
    ),
    policies: current.policies
      .filter((policy) => policy.inForce)
      .map(({ id, name, rules }) => ({ id, name, rules: rules.map((rule) => compact({ ...rule })) })),
  });
}

/** The living nodes below one; what stands below a retired agent moves up to where it stood. */
function below(current: Current, parent: string): Entry[] {
  return current.nodes
    .filter((node) => node.parent === parent)
    .flatMap((node) => (isRetired(node) ? below(current, node.slug) : [entryOf(node, below(current, node.slug))]));
}

const isRetired = ({ is }: CurrentNode): boolean => is.kind === "agent" && is.status === "retired";

function entryOf({ slug, name, suspended, envelope, is }: CurrentNode, children: Entry[]): Entry {
  switch (is.kind) {
    case "team":
      return compact({ team: slug, name, lead: is.lead, envelope, suspended: suspended || undefined, children });
    case "person":
      return compact({
        person: is.email,
        slug: slug === slugOf(is.email) ? undefined : slug,
        name,
        envelope,
        suspended: suspended || undefined,
        children,
      });
    case "agent": {
      const { tier, instructionsHash, name: _name, ...boundary } = is.boundary;
      const instructions = instructionsHash === null ? undefined : `sha256:${instructionsHash}`;
      const stopped = suspended ? "subtree" : is.status === "suspended" || undefined;
      return {
        ...compact({ agent: slug, name, owner: is.owner, tier, ...boundary, instructions }),
        grants: is.grants.map(grantOf),
        ...compact({ envelope, rate: is.rate, suspended: stopped, children }),
      };
    }
  }
}

function grantOf(grant: { pattern: string; condition: string | null; expiresAt: string | null }): unknown {
  if (grant.condition === null && grant.expiresAt === null) return grant.pattern;
  return compact({ pattern: grant.pattern, when: grant.condition, expires: grant.expiresAt });
}

/** Without what is null, undefined, or empty: the manifest's defaults. Not for lists that mean something when empty (`roles`, `grants`). */
function compact(entry: Entry): Entry {
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => {
      if (value === null || value === undefined) return false;
      return typeof value !== "object" || Object.keys(value).length > 0;
    }),
  );
}
