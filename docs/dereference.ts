type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What `#/definitions/one` names. */
function named(root: unknown, reference: string): unknown {
  const path = reference.split("/").slice(1);
  return path.reduce((found: unknown, name) => (isMembers(found) ? found[name] : undefined), root);
}

/** What is one thing or another by a condition may say what either says. */
function eitherOf({ if: condition, then: one, else: other, ...others }: Members): Members {
  return condition === undefined
    ? others
    : { ...others, anyOf: [one, other].filter((branch) => branch !== undefined) };
}

/**
 * A JSON Schema without references: what each names stands in its place, and the members of an `allOf` stand among those
 * around it. What holds itself ends there, as any value.
 *
 * @throws TypeError for a reference that names nothing
 */
export function dereferenced(
  schema: unknown,
  root: unknown = schema,
  inside: readonly string[] = [],
): unknown {
  if (Array.isArray(schema)) return schema.map((one: unknown) => dereferenced(one, root, inside));
  if (!isMembers(schema)) return schema;
  const { $ref: reference, allOf, definitions: _, $defs: __, ...others } = eitherOf(schema);
  const own = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, dereferenced(value, root, inside)]),
  );
  const parts: readonly unknown[] = Array.isArray(allOf) ? allOf : [];
  const all = parts.map((part) => dereferenced(part, root, inside)).filter(isMembers);
  const target = typeof reference === "string" ? followed(reference, root, inside) : {};
  return all.reduce<Members>((sum, part) => ({ ...part, ...sum }), { ...target, ...own });
}

function followed(reference: string, root: unknown, inside: readonly string[]): Members {
  if (inside.includes(reference)) return {};
  const target = dereferenced(named(root, reference), root, [...inside, reference]);
  if (isMembers(target)) return target;
  throw new TypeError(`nothing is called ${reference}`);
}
