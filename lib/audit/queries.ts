import { VERIFY_ACTION } from "@/lib/audit/verify-audit";
import { describeDetail, subjectHref } from "@/lib/audit/describe";
import { encodeCursor, type AuditCursor } from "@/lib/audit/schemas";
import { parseBody } from "@/lib/audit/verify";
import type { Viewer } from "@/lib/auth/viewer";
import { within } from "@/lib/auth/access";
import type { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { isSlug } from "@/lib/kernel/slug";
import { likeLiteral } from "@/lib/kernel/like";

export interface AuditParams {
  /** Words, each of which the record must say somewhere. */
  q?: string;
  actorKinds?: readonly string[];
  actorId?: string;
  /** Actions, or their first words: any of them. */
  actions?: readonly string[];
  subjectId?: string;
  /** Slug of a node: records of its subtree. */
  node?: string;
  from?: Date;
  /** Exclusive. */
  to?: Date;
  /** Records behind this place in the list … */
  after?: AuditCursor | null;
  /** … or, without `after`, those right before it. */
  before?: AuditCursor | null;
  /** At most 100. */
  take?: number;
}

/** One record as lists show it. */
export interface AuditRow {
  stream: string;
  seq: string;
  at: Date;
  actor: { kind: string; id: string | null; name: string | null; href: string | null };
  action: string;
  subject: { kind: string; id: string; name: string | null; href: string | null };
  node: { slug: string; name: string } | null;
  summary: string;
}

interface AuditPage {
  rows: AuditRow[];
  /** Names the place after the last row; null at the end. */
  next: string | null;
  /** Names the place before the first row; null at the beginning. */
  previous: string | null;
}

interface AuditDetail extends AuditRow {
  detail: JsonObject;
  /** As stored and hashed. */
  body: string;
  prevHash: string;
  hash: string;
  neighbours: { previous: boolean; next: boolean };
}

/** Records that the viewer may see, newest first. A node that the viewer may not see has no records. */
export async function listAuditRecords(viewer: Viewer, params: AuditParams): Promise<AuditPage> {
  const take = Math.min(Math.max(params.take ?? 50, 1), 100);
  const { after } = params;
  const before = after ? null : params.before;
  const where = await conditions(viewer, params);
  if (after) where.push(...behind(after));
  if (before) where.push(...ahead(before));
  const read = await viewer.db.auditRecord.findMany({
    where: { AND: where },
    orderBy: before
      ? [{ at: "asc" }, { stream: "desc" }, { seq: "asc" }]
      : [{ at: "desc" }, { stream: "asc" }, { seq: "desc" }],
    take: take + 1,
    omit: { prevHash: true, hash: true },
  });
  const more = read.length > take;
  const shown = before ? read.slice(0, take).toReversed() : read.slice(0, take);
  const [first, last] = [shown.at(0), shown.at(-1)];
  return {
    rows: await named(viewer, shown),
    next: last && (before ? true : more) ? encodeCursor(last) : null,
    previous: first && (before ? more : after) ? encodeCursor(first) : null,
  };
}

interface Linked {
  stream: string;
  seq: bigint;
  prevHash: Uint8Array;
  hash: Uint8Array;
  body: string;
}

/** The same records as {@link listAuditRecords} without what people need beside them, chain by chain, behind a place; for exports. */
export async function auditLinks(
  viewer: Viewer,
  params: AuditParams,
  after: { stream: string; seq: bigint } | null,
  take: number,
): Promise<Linked[]> {
  const where = await conditions(viewer, params);
  if (after)
    where.push(
      { stream: { gte: after.stream } },
      { OR: [{ stream: { gt: after.stream } }, { stream: after.stream, seq: { gt: after.seq } }] },
    );
  return await viewer.db.auditRecord.findMany({
    where: { AND: where },
    orderBy: [{ stream: "asc" }, { seq: "asc" }],
    take,
    select: { stream: true, seq: true, prevHash: true, hash: true, body: true },
  });
}

async function conditions(viewer: Viewer, params: AuditParams): Promise<Prisma.AuditRecordWhereInput[]> {
  const { actorKinds = [], actions = [] } = params;
  const words = (params.q ?? "")
    .split(/[\s\0]+/)
    .filter(Boolean)
    .slice(0, 6);
  const where: Prisma.AuditRecordWhereInput[] = [within(viewer.access, "audit.read", "nodeId")];
  if (params.node !== undefined) where.push({ nodeId: { in: await subtreeOf(viewer, params.node) } });
  if (actorKinds.length > 0) where.push({ actorKind: { in: [...actorKinds] } });
  if (params.actorId !== undefined) where.push({ actorId: plain(params.actorId) });
  if (params.subjectId !== undefined) where.push({ subjectId: plain(params.subjectId) });
  if (actions.length > 0) {
    where.push({
      OR: actions.flatMap((action) => [
        { action: plain(action) },
        { action: { startsWith: `${likeLiteral(plain(action))}.` } },
      ]),
    });
  }
  if (params.from || params.to) where.push({ at: { gte: params.from, lt: params.to } });
  for (const word of words) where.push({ body: { contains: likeLiteral(word), mode: "insensitive" } });
  return where;
}

/** PostgreSQL takes no NUL in a text: what holds one is found nowhere. */
const plain = (text: string): string => (text.includes("\0") ? "" : text);

// In both, the first condition repeats the others loosely: it is the one that the index on `at` can begin with.
const behind = ({ at, stream, seq }: AuditCursor): Prisma.AuditRecordWhereInput[] => [
  { at: { lte: at } },
  { OR: [{ at: { lt: at } }, { at, stream: { gt: stream } }, { at, stream, seq: { lt: seq } }] },
];
const ahead = ({ at, stream, seq }: AuditCursor): Prisma.AuditRecordWhereInput[] => [
  { at: { gte: at } },
  { OR: [{ at: { gt: at } }, { at, stream: { lt: stream } }, { at, stream, seq: { gt: seq } }] },
];

/** One record with its body and hashes; null when there is none that the viewer may see. */
export async function getAuditRecord(viewer: Viewer, stream: string, seq: bigint): Promise<AuditDetail | null> {
  if (seq < 1n || seq >= 2n ** 63n || stream.includes("\0")) return null;
  const scope = within(viewer.access, "audit.read", "nodeId");
  const [record, around] = await Promise.all([
    viewer.db.auditRecord.findFirst({ where: { stream, seq, ...scope } }),
    viewer.db.auditRecord.findMany({
      where: { stream, seq: { in: [seq - 1n, seq + 1n] }, ...scope },
      select: { seq: true },
    }),
  ]);
  if (!record) return null;
  const [row] = await named(viewer, [record]);
  if (!row) return null;
  return {
    ...row,
    detail: detailOf(record.body),
    body: record.body,
    prevHash: Buffer.from(record.prevHash).toString("hex"),
    hash: Buffer.from(record.hash).toString("hex"),
    neighbours: { previous: around.some((one) => one.seq < seq), next: around.some((one) => one.seq > seq) },
  };
}

/** The chains, those that moved last first, and when all of them were last verified. */
export async function auditStreams(viewer: Viewer): Promise<{
  streams: { id: string; records: string; updatedAt: Date }[];
  count: number;
  records: string;
  lastVerified: { at: Date; streams: number; records: number; faults: number } | null;
}> {
  const { db } = viewer;
  const [streams, sum, last] = await Promise.all([
    db.auditStream.findMany({
      orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
      take: 20,
      select: { id: true, seq: true, updatedAt: true },
    }),
    db.$queryRaw<
      { count: number; records: string }[]
    >`SELECT count(*)::int AS count, coalesce(sum(seq), 0)::text AS records FROM audit_stream`,
    db.auditRecord.findFirst({
      where: { subjectId: "streams", subjectKind: "audit", action: VERIFY_ACTION },
      orderBy: { at: "desc" },
      select: { at: true, body: true },
    }),
  ]);
  const found = last && detailOf(last.body);
  return {
    streams: streams.map(({ id, seq, updatedAt }) => ({ id, records: seq.toString(), updatedAt })),
    count: sum[0]?.count ?? 0,
    records: sum[0]?.records ?? "0",
    lastVerified: found
      ? {
          at: last.at,
          streams: Number(found.streams ?? 0),
          records: Number(found.records ?? 0),
          faults: Array.isArray(found.faults) ? found.faults.length : 0,
        }
      : null,
  };
}

const detailOf = (body: string): JsonObject => (parseBody(body)?.detail ?? {}) as JsonObject;

/** Ids of the named node and everything below, as far as the viewer may read its audit. */
async function subtreeOf(viewer: Viewer, slug: string): Promise<string[]> {
  if (!isSlug(slug)) return [];
  const rows = await viewer.db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE below AS (
      SELECT id FROM node WHERE slug = ${slug}
      UNION ALL
      SELECT node.id FROM node JOIN below ON node.parent_id = below.id
    )
    SELECT id FROM below`;
  return rows.map((row) => row.id).filter((id) => viewer.access.can("audit.read", id));
}

type Listed = Pick<
  Prisma.AuditRecordGetPayload<object>,
  "stream" | "seq" | "at" | "actorKind" | "actorId" | "action" | "subjectKind" | "subjectId" | "nodeId" | "body"
>;

const ids = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((id): id is string => id !== null && isId(id))),
];

/** Adds the names of people and nodes: two queries, however many records. */
async function named(viewer: Viewer, records: readonly Listed[]): Promise<AuditRow[]> {
  const [people, nodes] = await Promise.all([
    viewer.db.person.findMany({
      where: { id: { in: ids(records.flatMap((record) => [record.actorId, record.subjectId])) } },
      select: { id: true, name: true },
    }),
    viewer.db.node.findMany({
      where: { id: { in: ids(records.flatMap((record) => [record.actorId, record.subjectId, record.nodeId])) } },
      select: { id: true, name: true, slug: true },
    }),
  ]);
  const person = new Map(people.map((one) => [one.id, one]));
  const node = new Map(nodes.map((one) => [one.id, one]));
  return records.map((record) => {
    const detail = detailOf(record.body);
    const about = record.nodeId === null ? undefined : node.get(record.nodeId);
    const subject = node.get(record.subjectId);
    const actorNode = record.actorId === null ? undefined : node.get(record.actorId);
    const actorPerson = record.actorId === null ? undefined : person.get(record.actorId);
    return {
      stream: record.stream,
      seq: record.seq.toString(),
      at: record.at,
      actor: {
        kind: record.actorKind,
        id: record.actorId,
        name: actorPerson?.name ?? actorNode?.name ?? null,
        href: actorPerson ? `/people/${actorPerson.id}` : actorNode ? `/agents/${actorNode.slug}` : null,
      },
      action: record.action,
      subject: {
        kind: record.subjectKind,
        id: record.subjectId,
        name: subject?.name ?? person.get(record.subjectId)?.name ?? null,
        href: subjectHref(record.subjectKind, record.subjectId, subject?.slug ?? about?.slug ?? null, detail),
      },
      node: about ? { slug: about.slug, name: about.name } : null,
      summary: describeDetail(detail),
    };
  });
}
