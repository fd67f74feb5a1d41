import { ROOT, type Current } from "@/lib/manifest/current";
import type { FlatNode } from "@/lib/manifest/flatten";
import type { Manifest } from "@/lib/manifest/schemas";
import type { People } from "@/lib/policies/reach";

/** Everybody who can be asked, and where they stand, once the manifest is applied. */
export function peopleOf(manifest: Manifest, nodes: readonly FlatNode[], current: Current): People {
  const listed = new Map(manifest.people.map((person) => [person.email, person]));
  const known = new Map(current.people.map((person) => [person.email, person]));
  const places = new Map(nodes.map((node) => [node.slug, node]));
  const kept = current.nodes.filter((node) => !places.has(node.slug));
  const rotations = new Map(manifest.rotations.map((one) => [one.id, one.members]));
  const emails = [...new Set([...known.keys(), ...listed.keys()])];
  return {
    people: emails.map((email) => ({
      email,
      isActive: !(listed.get(email)?.disabled || known.get(email)?.disabled),
    })),
    nodes: [
      { slug: ROOT, parent: null },
      ...kept.map(({ slug, parent }) => ({ slug, parent })),
      ...nodes.map(({ slug, parent }) => ({ slug, parent })),
    ],
    roles: emails.flatMap((email) =>
      (listed.get(email)?.roles ?? known.get(email)?.roles ?? []).map(({ role, node }) => ({ email, role, node })),
    ),
    rotations: [
      ...current.rotations.filter((one) => !rotations.has(one.slug)),
      ...[...rotations].map(([slug, members]) => ({ slug, members })),
    ],
    agents: [
      ...kept.flatMap(({ slug, is }) =>
        is.kind === "agent" && is.status !== "retired" ? [{ slug, owner: is.owner }] : [],
      ),
      ...nodes.flatMap((node) => (node.kind === "agent" ? [{ slug: node.slug, owner: node.node.owner }] : [])),
    ],
  };
}
