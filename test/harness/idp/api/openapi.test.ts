import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { z } from "zod";
import { OPERATIONS } from "../../../../harness/idp/api/operations.ts";
import { API_SCHEMAS } from "../../../../harness/idp/api/schemas.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { callApi } from "./client.ts";

const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

async function description(): Promise<z.infer<typeof documentSchema>> {
  await using idp = await startIdp();
  return documentSchema.parse((await callApi(idp, "GET", "/openapi.json")).body);
}

test("is OpenAPI 3.1, and everything it refers to is in it", async () => {
  const body = await description();
  const validator = new Validator();
  expect(await validator.validate(structuredClone(body))).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
  const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  const names = new Set(references.map(([, name]) => name));
  expect([...names].filter((name) => !Object.hasOwn(body.components.schemas, name ?? ""))).toEqual([]);
  expect(JSON.stringify(body)).not.toMatch(/"\$ref":"(?!#\/components\/schemas\/\w+")/);
  expect(Object.keys(body.components.schemas)).toEqual(expect.arrayContaining(Object.keys(API_SCHEMAS)));
});

test("names every path and method there is", async () => {
  const { paths } = await description();
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(described.toSorted()).toEqual(
    [
      ...OPERATIONS.map(({ method, path }) => `${method} /_harness${path}`),
      "get /_harness/health",
    ].toSorted(),
  );
  expect(described).toHaveLength(19);
});
