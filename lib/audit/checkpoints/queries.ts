import { parseCheckpoint } from "@/lib/audit/checkpoints/checkpoint";
import { checkpointFile } from "@/lib/audit/checkpoints/kept";
import { ownSigner } from "@/lib/audit/checkpoints/own-signer";
import { keyIdOf } from "@/lib/audit/checkpoints/signer";
import type { Viewer } from "@/lib/auth/viewer";

/** One checkpoint as lists show it. */
export interface CheckpointRow {
  seq: string;
  at: Date;
  streams: number;
  /** Decimal text. */
  records: string;
  root: string;
  key: string;
  /** Whether this installation's own key signed it. */
  own: boolean;
}

interface CheckpointPage {
  rows: CheckpointRow[];
  total: number;
}

/** A page of checkpoints; none for who reads no audit. They say how long chains are and nothing of what they say. */
export async function listCheckpoints(
  viewer: Viewer,
  { page, size, desc }: { page: number; size: number; desc: boolean },
): Promise<CheckpointPage> {
  if (!viewer.access.canAnywhere("audit.read")) return { rows: [], total: 0 };
  const take = Math.min(Math.max(size, 1), 100);
  const [stored, total] = await Promise.all([
    viewer.db.checkpoint.findMany({
      orderBy: { seq: desc ? "desc" : "asc" },
      skip: (Math.max(page, 1) - 1) * take,
      take,
      select: { seq: true, at: true, body: true, publicKey: true },
    }),
    viewer.db.checkpoint.count(),
  ]);
  const own = ownSigner().keyId;
  const rows = stored.map(({ seq, at, body, publicKey }): CheckpointRow => {
    const said = parseCheckpoint(body);
    const key = keyIdOf(publicKey);
    return {
      seq: seq.toString(),
      at,
      streams: said?.streams ?? 0,
      records: said?.records ?? "0",
      root: said?.root ?? "",
      key,
      own: key === own,
    };
  });
  return { rows, total };
}

/** The last checkpoint; null when none was made yet. */
export async function lastCheckpoint(viewer: Viewer): Promise<CheckpointRow | null> {
  const { rows } = await listCheckpoints(viewer, { page: 1, size: 1, desc: true });
  return rows[0] ?? null;
}

/** The file of a checkpoint, to be kept elsewhere; null when there is none that the viewer may read. */
export async function downloadCheckpoint(viewer: Viewer, seq: string): Promise<string | null> {
  if (!viewer.access.canAnywhere("audit.read") || !/^[1-9]\d{0,17}$/.test(seq)) return null;
  return await checkpointFile(viewer.db, BigInt(seq));
}

/** The key that signs here, for who must recognise it elsewhere. */
export const checkpointKey = (): { id: string; pem: string } => {
  const { keyId, publicPem } = ownSigner();
  return { id: keyId, pem: publicPem };
};
