/**
 * PostgreSQL arrays in their binary form, which `pg` sends as they are. A batch of decisions has some thirty columns: text arrays
 * would be escaped here and parsed there, element by element, on the path whose speed matters most.
 * The form: dimensions, null flag, element type, length, lower bound; then for each element its byte length (-1 is null) and bytes.
 */
const OID = { bytea: 17, int4: 23, text: 25, timestamptz: 1184 } as const;
const HEADER_BYTES = 20;
const EMPTY_BYTES = 12;
/** PostgreSQL counts from 2000-01-01, in microseconds. */
const EPOCH_MS = 946_684_800_000;

let scratch = Buffer.allocUnsafe(64 * 1024);

function room(at: number, bytes: number): void {
  if (at + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, at + bytes));
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}

function begin(type: number, length: number): number {
  if (length === 0) {
    scratch.fill(0, 0, EMPTY_BYTES);
    scratch.writeInt32BE(type, 8);
    return EMPTY_BYTES;
  }
  scratch.writeInt32BE(1, 0);
  scratch.writeInt32BE(1, 4);
  scratch.writeInt32BE(type, 8);
  scratch.writeInt32BE(length, 12);
  scratch.writeInt32BE(1, 16);
  return HEADER_BYTES;
}

const finish = (end: number): Buffer => Buffer.from(scratch.subarray(0, end));

function putNull(at: number): number {
  room(at, 4);
  scratch.writeInt32BE(-1, at);
  return at + 4;
}

/** `text[]`. */
export function textArray(values: readonly (string | null)[]): Buffer {
  let at = begin(OID.text, values.length);
  for (const value of values) {
    if (value === null) {
      at = putNull(at);
      continue;
    }
    room(at, 4 + value.length * 3);
    const bytes = scratch.write(value, at + 4);
    scratch.writeInt32BE(bytes, at);
    at += 4 + bytes;
  }
  return finish(at);
}

/** `bytea[]`. */
export function byteaArray(values: readonly (Uint8Array | null)[]): Buffer {
  let at = begin(OID.bytea, values.length);
  for (const value of values) {
    if (value === null) {
      at = putNull(at);
      continue;
    }
    room(at, 4 + value.length);
    scratch.writeInt32BE(value.length, at);
    scratch.set(value, at + 4);
    at += 4 + value.length;
  }
  return finish(at);
}

/** `int[]`. */
export function intArray(values: readonly number[]): Buffer {
  let at = begin(OID.int4, values.length);
  room(at, values.length * 8);
  for (const value of values) {
    scratch.writeInt32BE(4, at);
    scratch.writeInt32BE(value, at + 4);
    at += 8;
  }
  return finish(at);
}

/** `timestamptz[]` from Unix milliseconds. */
export function timeArray(values: readonly (number | null)[]): Buffer {
  let at = begin(OID.timestamptz, values.length);
  for (const value of values) {
    if (value === null) {
      at = putNull(at);
      continue;
    }
    room(at, 12);
    const microseconds = (value - EPOCH_MS) * 1000;
    scratch.writeInt32BE(8, at);
    scratch.writeInt32BE(Math.floor(microseconds / 2 ** 32), at + 4);
    scratch.writeUInt32BE(((microseconds % 2 ** 32) + 2 ** 32) % 2 ** 32, at + 8);
    at += 12;
  }
  return finish(at);
}
