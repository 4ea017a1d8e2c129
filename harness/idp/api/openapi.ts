import { z } from "zod";
import { type Operation, OPERATIONS } from "./operations.ts";
import { API_SCHEMAS, pathSchemas, type SchemaName } from "./schemas.ts";

type Json = Readonly<Record<string, unknown>>;

function reference(name: SchemaName): Json {
  return { $ref: `#/components/schemas/${name}` };
}

/** Schemas say where they live in a way that OpenAPI does itself. */
function withoutIds({ $id: _id, $schema: _schema, ...schema }: Json): Json {
  return schema;
}

/** The definitions that several schemas share, which zod puts into a schema of their own. */
const SHARED = "__shared";

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

function componentSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(API_SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: "input", uri: (id) => `#/components/schemas/${id}` });
  const { [SHARED]: shared, ...named } = schemas;
  const definitions = isJson(shared?.$defs) ? shared.$defs : {};
  const all = { ...named, ...definitions };
  const text = JSON.stringify(
    Object.fromEntries(
      Object.entries(all).map(([id, schema]) => [id, isJson(schema) ? withoutIds(schema) : {}]),
    ),
  );
  const components: unknown = JSON.parse(text.replaceAll(`${SHARED}#/$defs/`, ""));
  return isJson(components) ? components : {};
}

function pathParameters(path: string): readonly Json[] {
  return Object.entries(pathSchemas)
    .filter(([name]) => path.includes(`{${name}}`))
    .map(([name, schema]) => ({
      name,
      in: "path",
      required: true,
      description: schema.description,
      schema: { type: "string" },
    }));
}

function parametersOf({ path, query }: Operation): Json {
  const asked = query === undefined ? [] : [{ ...queryParameter(query) }];
  const parameters = [...pathParameters(path), ...asked];
  return parameters.length === 0 ? {} : { parameters };
}

function queryParameter({ name, summary }: NonNullable<Operation["query"]>): Json {
  return { name, in: "query", required: true, description: summary, schema: { type: "string" } };
}

function bodyOf({ body }: Operation): Json {
  if (body === undefined) return {};
  const [first, ...others] = body.map(reference);
  const schema = others.length === 0 ? first : { oneOf: [first, ...others] };
  return { requestBody: { required: true, content: { "application/json": { schema } } } };
}

function answersOf({ answer }: Operation): Json {
  const content =
    answer.status === 204
      ? { description: "Done" }
      : {
          description: "Done",
          content: { "application/json": { schema: reference(answer.schema) } },
        };
  const problem = {
    description: "Not done, and why",
    content: { "application/problem+json": { schema: reference("Problem") } },
  };
  return { responses: { [answer.status]: content, default: problem } };
}

function paths(): Json {
  const described: Record<string, Json> = {};
  for (const operation of OPERATIONS) {
    const { id, method, path, summary } = operation;
    const key = `/_harness${path}`;
    const what = { operationId: id, summary, ...parametersOf(operation), ...bodyOf(operation) };
    described[key] = { ...described[key], [method]: { ...what, ...answersOf(operation) } };
  }
  return described;
}

const HEALTH: Json = {
  get: {
    operationId: "health",
    summary: "Whether the IdP can sign: 200 or 503",
    security: [],
    responses: Object.fromEntries(
      ["200", "503"].map((status) => [
        status,
        {
          description: status === "200" ? "Up" : "Not yet",
          content: { "application/json": { schema: reference("Health") } },
        },
      ]),
    ),
  },
};

/**
 * Describes the live API in OpenAPI 3.1, from the schemas that also check its requests.
 *
 * @param origin of the IdP
 */
export function describeApi(origin: string): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "mfa-harness live API",
      version: "1",
      description: "Chooses what a running mock IdP says, and shows what it was asked and what it issued.",
    },
    servers: [{ url: origin }],
    security: [{}, { token: [] }],
    paths: { ...paths(), "/_harness/health": HEALTH },
    components: {
      schemas: componentSchemas(),
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
    },
  };
}
