/** The value as an array of strings; undefined when it is anything else. */
export function strings(value: unknown): readonly string[] | undefined {
  return isStrings(value) ? value : undefined;
}

function isStrings(value: unknown): value is readonly string[] {
  if (!Array.isArray(value)) return false;
  const items: readonly unknown[] = value;
  return items.every((item) => typeof item === "string");
}

/** The value as a NumericDate, which may have a fraction; undefined when it is anything else. RFC 7519 §2. */
export function time(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The audiences of an `aud` claim, one or many; undefined when it is missing or malformed. RFC 7519 §4.1.3. */
export function audiences(aud: unknown): readonly string[] | undefined {
  return typeof aud === "string" ? [aud] : strings(aud);
}
