import { ROOT } from "@/lib/manifest/current";
import type { Manifest, ManifestAgent, ManifestNode, ManifestPlace, ManifestTeam } from "@/lib/manifest/schemas";

/** A node of the manifest's chart with where it stands, in the chart and in the file. */
export type FlatNode = {
  slug: string;
  name: string;
  parent: string;
  /** Among its siblings in the manifest, from 0. */
  index: number;
  path: PropertyKey[];
} & (
  | { kind: "team"; node: ManifestTeam }
  | { kind: "person"; node: ManifestPlace }
  | { kind: "agent"; node: ManifestAgent }
);

/** All nodes, parents before children: the order in which they can be made or moved without ever closing a cycle. */
export function flatten(manifest: Manifest): FlatNode[] {
  const names = new Map(manifest.people.map((person) => [person.email, person.name]));
  const flat: FlatNode[] = [];
  const visit = (nodes: readonly ManifestNode[], parent: string, path: PropertyKey[]): void => {
    for (const [index, node] of nodes.entries()) {
      const one = flatNode(node, parent, index, [...path, index], names);
      flat.push(one);
      visit(node.children, one.slug, [...path, index, "children"]);
    }
  };
  visit(manifest.chart, ROOT, ["chart"]);
  return flat;
}

function flatNode(
  node: ManifestNode,
  parent: string,
  index: number,
  path: PropertyKey[],
  names: ReadonlyMap<string, string>,
): FlatNode {
  const place = { parent, index, path };
  if ("team" in node) return { ...place, kind: "team", node, slug: node.team, name: node.name ?? titled(node.team) };
  if ("agent" in node)
    return { ...place, kind: "agent", node, slug: node.agent, name: node.name ?? titled(node.agent) };
  const slug = node.slug ?? slugOf(node.person);
  return { ...place, kind: "person", node, slug, name: node.name ?? names.get(node.person) ?? titled(slug) };
}

/** `customer-support` → `Customer support` */
export const titled = (slug: string): string => slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll(/[-_]+/g, " ");

/** The slug of a person's place where none is given: `ana.reyes@example.com` → `ana-reyes`. */
export function slugOf(email: string): string {
  const local = email.slice(0, email.lastIndexOf("@")).toLowerCase();
  return (
    local
      .replaceAll(/[^a-z0-9_]+/g, "-")
      .replaceAll(/^[-_]+|[-_]+$/g, "")
      .slice(0, 60) || "person"
  );
}
