/** RFC 1951 §3.2.5: the shortest length and distance that each symbol stands for, and how many bits follow it. */
const LENGTHS = bases(
  3,
  [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5],
);
const DISTANCES = bases(
  1,
  Array.from({ length: 30 }, (_, symbol) => Math.max(0, (symbol >> 1) - 1)),
);
const LONGEST = { base: 258, bits: 0 };
/** §3.2.7: the order in which the lengths of the codes for code lengths are sent. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END_OF_BLOCK = 256;
const MAX_BITS = 15;
/** A block is worth its codes from some kilobytes on; many small ones only cost time. */
const MAX_BLOCKS = 1000;

interface Base {
  readonly base: number;
  readonly bits: number;
}

function bases(first: number, bits: readonly number[]): readonly Base[] {
  let base = first;
  return bits.map((width) => {
    const own = { base, bits: width };
    base += 2 ** width;
    return own;
  });
}

/** A canonical Huffman code: how many codes there are of each length, and the symbols in the order of their codes. */
interface Code {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

function codeOf(lengths: readonly number[]): Code {
  const counts = Array.from({ length: MAX_BITS + 1 }, () => 0);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const symbols = lengths
    .map((length, symbol) => ({ length, symbol }))
    .filter(({ length }) => length > 0)
    .toSorted((one, other) => one.length - other.length || one.symbol - other.symbol)
    .map(({ symbol }) => symbol);
  return { counts, symbols };
}

const repeat = (length: number, times: number): readonly number[] =>
  Array.from({ length: times }, () => length);
const FIXED_LITERALS = codeOf([...repeat(8, 144), ...repeat(9, 112), ...repeat(7, 24), ...repeat(8, 8)]);
const FIXED_DISTANCES = codeOf(repeat(5, 30));

/** What went wrong in the stream; never leaves this file. */
class Broken extends Error {}

interface Stream {
  readonly input: Uint8Array;
  readonly limit: number;
  position: number;
  bit: number;
  output: Uint8Array;
  length: number;
}

/** Inflates up to the end of the stream, or up to the limit. */
function inflateAll(stream: Stream): Uint8Array {
  let blocks = 0;
  for (let last = false; !last && stream.length < stream.limit; blocks += 1) {
    if (blocks === MAX_BLOCKS) throw new Broken();
    last = takeBits(stream, 1) === 1;
    const type = takeBits(stream, 2);
    if (type === 0) copyStored(stream);
    else if (type === 1) readCompressed(stream, FIXED_LITERALS, FIXED_DISTANCES);
    else if (type === 2) readDynamic(stream);
    else throw new Broken();
  }
  return stream.output.subarray(0, Math.min(stream.length, stream.limit));
}

function takeBits(stream: Stream, count: number): number {
  let value = 0;
  for (let index = 0; index < count; index += 1) {
    const byte = stream.input[stream.position];
    if (byte === undefined) throw new Broken();
    value |= ((byte >> stream.bit) & 1) << index;
    stream.bit = (stream.bit + 1) & 7;
    if (stream.bit === 0) stream.position += 1;
  }
  return value;
}

function takeSymbol(stream: Stream, { counts, symbols }: Code): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= MAX_BITS; length += 1) {
    code |= takeBits(stream, 1);
    const count = counts[length] ?? 0;
    if (code - first < count) return known(symbols[index + code - first]);
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new Broken();
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Broken();
  return value;
}

function copyStored(stream: Stream): void {
  if (stream.bit > 0) takeBits(stream, 8 - stream.bit);
  const length = takeBits(stream, 16);
  if (length !== (~takeBits(stream, 16) & 0xffff) || stream.position + length > stream.input.length)
    throw new Broken();
  const bytes = stream.input.subarray(stream.position, stream.position + length);
  for (const byte of bytes) put(stream, byte);
  stream.position += length;
}

function readDynamic(stream: Stream): void {
  const literals = takeBits(stream, 5) + 257;
  const distances = takeBits(stream, 5) + 1;
  const sent = takeBits(stream, 4) + 4;
  const lengths = repeat(0, ORDER.length).slice();
  for (const symbol of ORDER.slice(0, sent)) lengths[symbol] = takeBits(stream, 3);
  const all = readCodeLengths(stream, codeOf(lengths), literals + distances);
  readCompressed(stream, codeOf(all.slice(0, literals)), codeOf(all.slice(literals)));
}

function readCodeLengths(stream: Stream, code: Code, count: number): readonly number[] {
  const lengths: number[] = [];
  while (lengths.length < count) {
    const symbol = takeSymbol(stream, code);
    if (symbol > 18) throw new Broken();
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) lengths.push(...repeat(lengths.at(-1) ?? 0, 3 + takeBits(stream, 2)));
    else lengths.push(...repeat(0, symbol === 17 ? 3 + takeBits(stream, 3) : 11 + takeBits(stream, 7)));
  }
  return lengths;
}

function readCompressed(stream: Stream, literals: Code, distances: Code): void {
  while (stream.length < stream.limit) {
    const symbol = takeSymbol(stream, literals);
    if (symbol === END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) put(stream, symbol);
    else copyBack(stream, valueOf(stream, symbol === 285 ? LONGEST : LENGTHS[symbol - 257]), distances);
  }
}

function copyBack(stream: Stream, length: number, distances: Code): void {
  const start = stream.length - valueOf(stream, DISTANCES[takeSymbol(stream, distances)]);
  if (start < 0) throw new Broken();
  for (let index = 0; index < length; index += 1) put(stream, stream.output[start + index] ?? 0);
}

function valueOf(stream: Stream, base: Base | undefined): number {
  const { base: smallest, bits } = known(base);
  return smallest + takeBits(stream, bits);
}

function put(stream: Stream, byte: number): void {
  if (stream.length === stream.output.length) {
    const larger = new Uint8Array(2 * stream.output.length);
    larger.set(stream.output);
    stream.output = larger;
  }
  stream.output[stream.length] = byte;
  stream.length += 1;
}

/**
 * Undoes DEFLATE without any frame around it, as the Redirect binding of SAML compresses a message.
 *
 * @param limit most bytes that are made: a small input can stand for a very large output
 * @returns as many bytes as the limit lets through; undefined when the input is no such stream
 * @see RFC 1951, SAML bindings §3.4.4.1
 */
export function inflate(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  try {
    return inflateAll({ input: bytes, limit, position: 0, bit: 0, output: new Uint8Array(1024), length: 0 });
  } catch (caught) {
    if (caught instanceof Broken) return undefined;
    throw caught;
  }
}

/**
 * Undoes DEFLATE inside a gzip frame, as web servers compress a body.
 *
 * @param limit most bytes that are made
 * @returns undefined when the input is no such stream
 * @see RFC 1952 §2.3
 */
export function gunzip(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return undefined;
  const flags = bytes[3] ?? 0;
  let start = 10;
  if ((flags & 4) !== 0) start += 2 + (bytes[start] ?? 0) + 256 * (bytes[start + 1] ?? 0);
  for (const flag of [8, 16]) {
    if ((flags & flag) !== 0) start = bytes.indexOf(0, start) + 1;
    if (start === 0) return undefined;
  }
  if ((flags & 2) !== 0) start += 2;
  return inflate(bytes.subarray(start), limit);
}
