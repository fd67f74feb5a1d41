import { GENESIS, linkHash } from "@/lib/audit/chain";
import type { SignedHead } from "@/lib/audit/checkpoints/checkpoint";
import { RunRows } from "@/lib/audit/exports/verify-rows";
import { readLine, type ExportHead, type ExportRecord } from "@/lib/audit/exports/line";
import { parseBody } from "@/lib/audit/verify";
import { canonical } from "@/lib/kernel/json";

/** What an export proves by itself, and where it leaves something open. */
export interface ExportVerification {
  head: ExportHead["export"] | null;
  records: number;
  /** Of a run: what happened in it, beside the records. */
  rows: number;
  /** Of these, the decisions, approvals and reviews that are what the records in the file say. */
  vouched: number;
  streams: number;
  /** Places in which records of a chain are left out: of filters, or of what the reader may not see. */
  gaps: number;
  /** Records that a checkpoint vouches for: they lead without a gap to a record that it was signed over. */
  anchored: number;
  /** Whether the last line is there and counts as many records. */
  complete: boolean;
  /** At most {@link MOST_FAULTS}. */
  faults: { line: number; message: string }[];
}

export const MOST_FAULTS = 100;

/** Where a stream stands in the file: its last record, and how many before it hang together without a gap. */
interface Place {
  seq: bigint;
  hash: string;
  unanchored: number;
}

/**
 * Recomputes what is in an export (lines in the order of the file): that each record's hash is that of its body and of the hash before it, and
 * that records which follow each other do so in the chain. With the heads of checkpoints also that it is the chain which they were signed over.
 * Holds one place per stream in memory, and of a run its records.
 */
export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  signed: readonly SignedHead[] = [],
): Promise<ExportVerification> {
  const found: ExportVerification = {
    head: null,
    records: 0,
    rows: 0,
    vouched: 0,
    streams: 0,
    gaps: 0,
    anchored: 0,
    complete: false,
    faults: [],
  };
  const places = new Map<string, Place>();
  const anchors = new Map(signed.map((one) => [anchorOf(one.stream, one.seq), Buffer.from(one.hash).toString("hex")]));
  const file: File = { places, anchors, run: null };
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text === "") continue;
    const message = take(text, found, file);
    if (message !== null && found.faults.length < MOST_FAULTS) found.faults.push({ line: number, message });
  }
  found.streams = places.size;
  found.vouched = file.run?.vouched ?? 0;
  return found;
}

const anchorOf = (stream: string, seq: bigint): string => `${stream} ${seq}`;

interface File {
  places: Map<string, Place>;
  anchors: ReadonlyMap<string, string>;
  run: RunRows | null;
}

/** Takes one line in; what is wrong with it, or null. */
function take(text: string, found: ExportVerification, file: File): string | null {
  const line = readLine(text);
  if (found.complete) return "It stands behind the end.";
  if (line === null) return "It is no line of an export.";
  if ("export" in line) {
    found.head = line.export;
    if (line.export.format === "remit-run-export-1") file.run = new RunRows(line.export);
    return null;
  }
  if ("end" in line) {
    const { records, rows = 0 } = line.end;
    found.complete = records === found.records && rows === found.rows;
    if (!found.complete)
      return `The end counts ${records} records and ${rows} rows, and ${found.records} and ${found.rows} are there.`;
    return file.run?.missing() ?? null;
  }
  if (!("stream" in line)) {
    found.rows += 1;
    return file.run === null ? "It is no line of an export of records." : file.run.take(line);
  }
  const wrong = link(line, found, file);
  if (wrong === null) file.run?.keep(line);
  return wrong;
}

/** Puts a record behind the one before it in its chain; what is wrong with it, or null. */
function link(line: ExportRecord, found: ExportVerification, { places, anchors }: File): string | null {
  found.records += 1;
  const place = places.get(line.stream);
  const seq = BigInt(line.seq);
  const wrong = wrongWith(line, place);
  const follows = (place?.seq ?? 0n) + 1n === seq;
  if (!follows) found.gaps += 1;
  const unanchored = wrong === null && follows ? (place?.unanchored ?? 0) + 1 : 1;
  const anchor = anchors.get(anchorOf(line.stream, seq));
  const holds = wrong === null && anchor === line.hash;
  if (holds) found.anchored += unanchored;
  places.set(line.stream, { seq, hash: line.hash, unanchored: holds ? 0 : unanchored });
  if (wrong === null && anchor !== undefined && !holds)
    return "A checkpoint was signed over another record in this place.";
  return wrong;
}

/** What is wrong with a record, by itself or behind the one before it in the file. */
function wrongWith(line: ExportRecord, place: Place | undefined): string | null {
  const body = parseBody(line.body);
  if (!body || canonical(JSON.parse(line.body)) !== line.body) return "Its body is not an audit record.";
  if (body.stream !== line.stream || body.seq !== line.seq) return "Its body says another chain or number.";
  if (linkHash(Buffer.from(line.prevHash, "hex"), line.body).toString("hex") !== line.hash)
    return "Its body is not what was hashed.";
  const seq = BigInt(line.seq);
  if (place && seq <= place.seq) return `It comes behind ${line.stream} #${place.seq}.`;
  const before = place && place.seq + 1n === seq ? place.hash : seq === 1n ? GENESIS.toString("hex") : line.prevHash;
  return before === line.prevHash ? null : "It does not follow the record before it.";
}
