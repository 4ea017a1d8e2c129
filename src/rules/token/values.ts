/** The value as an array of strings; undefined when it is anything else. */
export function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

/** The value as a NumericDate, which may have a fraction; undefined when it is anything else. RFC 7519 §2. */
export function time(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The audiences of an `aud` claim, one or many; undefined when it is missing or malformed. RFC 7519 §4.1.3. */
export function audiences(aud: unknown): readonly string[] | undefined {
  return typeof aud === "string" ? [aud] : strings(aud);
}
