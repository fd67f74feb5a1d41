/** PostgreSQL's types that are sent in binary form. */
export const OID = { bytea: 17, int8: 20, int4: 23, text: 25, json: 114, timestamptz: 1184, uuid: 2950 } as const;

const START_BYTES = 256 * 1024;
/** A buffer that one batch of very large requests made larger than this is not kept. */
const KEPT_BYTES = 8 * 1024 * 1024;
/** PostgreSQL counts from 2000-01-01, in microseconds. */
const EPOCH_MS = 946_684_800_000;
/** Shorter texts are copied here: that is faster than asking Node.js to encode them. */
const SHORT = 48;
const NULL = -1;

/** The value of each hexadecimal digit by its character code. */
const HEX = new Uint8Array(128);
for (let value = 0; value < 16; value++) HEX[value.toString(16).charCodeAt(0)] = value;
/** Where a UUID's text has the two digits of each byte. */
const UUID_AT = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;

/**
 * Writes PostgreSQL's protocol and its binary values into one buffer that grows as needed: nothing is escaped here and parsed there,
 * and there are no copies in between. Lengths are written when what they count is complete.
 */
export class PgWriter {
  private buffer = Buffer.allocUnsafe(START_BYTES);
  private at = 0;

  /** Begins anew: what a message that could not be finished left behind must not stand before the next one. */
  restart(): void {
    this.at = 0;
    if (this.buffer.length > KEPT_BYTES) this.buffer = Buffer.allocUnsafe(START_BYTES);
  }

  /** What was written since the last start. */
  take(): Buffer {
    const written = Buffer.from(this.buffer.subarray(0, this.at));
    this.restart();
    return written;
  }

  byte(value: number): void {
    this.room(1);
    this.buffer[this.at++] = value;
  }

  int16(value: number): void {
    this.room(2);
    this.at = this.buffer.writeInt16BE(value, this.at);
  }

  int32(value: number): void {
    this.room(4);
    const { buffer } = this;
    buffer[this.at++] = value >> 24;
    buffer[this.at++] = value >> 16;
    buffer[this.at++] = value >> 8;
    buffer[this.at++] = value;
  }

  /** A text that ends with a zero byte. */
  cstring(value: string): void {
    this.raw(value);
    this.byte(0);
  }

  /** Leaves room for a length; {@link end} writes it. */
  begin(): number {
    this.int32(0);
    return this.at;
  }

  /** The length of what follows `start`; `own`: the bytes of the length itself count too, as in messages. */
  end(start: number, own = 0): void {
    this.buffer.writeInt32BE(this.at - start + own, start - 4);
  }

  null(): void {
    this.int32(NULL);
  }

  text(value: string | null): void {
    if (value === null) return this.null();
    const start = this.begin();
    this.raw(value);
    this.end(start);
  }

  bytes(value: Uint8Array | null): void {
    if (value === null) return this.null();
    this.room(4 + value.length);
    this.int32(value.length);
    this.buffer.set(value, this.at);
    this.at += value.length;
  }

  integer(value: number): void {
    this.int32(4);
    this.int32(value);
  }

  bigint(value: bigint): void {
    this.int32(8);
    this.room(8);
    this.at = this.buffer.writeBigInt64BE(value, this.at);
  }

  boolean(value: boolean): void {
    this.int32(1);
    this.byte(value ? 1 : 0);
  }

  /** `timestamptz` from Unix milliseconds. */
  time(unixMs: number | null): void {
    if (unixMs === null) return this.null();
    const microseconds = (unixMs - EPOCH_MS) * 1000;
    this.int32(8);
    this.int32(Math.floor(microseconds / 2 ** 32));
    this.int32((microseconds % 2 ** 32) | 0);
  }

  uuid(value: string | null): void {
    if (value === null) return this.null();
    this.room(20);
    this.int32(16);
    for (const digit of UUID_AT) {
      const byte = ((HEX[value.charCodeAt(digit)] ?? 0) << 4) | (HEX[value.charCodeAt(digit + 1)] ?? 0);
      this.buffer[this.at++] = byte;
    }
  }

  /** An array of one dimension; `element` writes one, with its length. */
  array<T>(type: number, values: readonly T[], element: (value: T) => void): void {
    const start = this.begin();
    this.int32(values.length === 0 ? 0 : 1);
    this.int32(values.some((value) => value === null) ? 1 : 0);
    this.int32(type);
    if (values.length > 0) {
      this.int32(values.length);
      this.int32(1);
      for (const value of values) element(value);
    }
    this.end(start);
  }

  private raw(value: string): void {
    const { length } = value;
    this.room(length * 3);
    const { buffer, at } = this;
    if (length <= SHORT) {
      let index = 0;
      for (; index < length; index++) {
        const code = value.charCodeAt(index);
        if (code > 127) break;
        buffer[at + index] = code;
      }
      if (index === length) {
        this.at = at + length;
        return;
      }
    }
    this.at = at + buffer.write(value, at);
  }

  private room(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + bytes));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }
}
