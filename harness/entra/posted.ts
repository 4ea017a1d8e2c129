/** A field of a form as the web framework parsed it; undefined when it is missing, empty or there twice. */
export function readPosted(body: unknown, name: string): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const value = new Map<string, unknown>(Object.entries(body)).get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
