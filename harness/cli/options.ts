import { InvalidArgumentError } from "commander";

/** Collects a repeatable option. */
export function collectOption(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

/** Parses a count or port, 1 to 65535. */
export function positiveInteger(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 65_535) return number;
  throw new InvalidArgumentError("Expected a whole number from 1 to 65535.");
}

/** Parses a whole number from 0 on. */
export function count(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("Expected a whole number from 0 on.");
}

/** Parses a moment, ISO 8601 or seconds since the epoch, into seconds since the epoch. */
export function seconds(value: string): number {
  const parsed = /^\d+$/.test(value) ? Number(value) : Date.parse(value) / 1000;
  if (Number.isFinite(parsed)) return Math.floor(parsed);
  throw new InvalidArgumentError("Expected a time such as 2026-01-01T00:00:00Z or 1767225600.");
}
