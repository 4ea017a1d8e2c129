import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { stagesIn } from "../../scripts/image/dockerfile.ts";

test("a Dockerfile is read into what each stage does", () => {
  const text = [
    "# a remark",
    "FROM node:24-slim AS build",
    "WORKDIR /app",
    "COPY package.json .npmrc ./",
    "RUN npm ci && \\",
    "  npm run build",
    "FROM node:24-slim",
    "ENV NODE_ENV=production",
    "COPY --from=build /app/dist ./dist",
    "USER node",
    'ENTRYPOINT ["node", "main.js"]',
    'CMD ["serve"]',
  ].join("\n");
  expect(stagesIn(text)).toEqual([
    {
      name: "build",
      folder: "/app",
      steps: [
        { kind: "copy", from: undefined, sources: ["package.json", ".npmrc"], to: "./" },
        { kind: "run", command: "npm ci &&    npm run build" },
      ],
      entrypoint: [],
      command: [],
    },
    {
      name: undefined,
      folder: "/",
      steps: [
        { kind: "env", name: "NODE_ENV", value: "production" },
        { kind: "copy", from: "build", sources: ["/app/dist"], to: "./dist" },
      ],
      entrypoint: ["node", "main.js"],
      command: ["serve"],
    },
  ]);
});

test.each(["ADD a b", "RUN npm ci", "FROM a\nONBUILD RUN b"])("%j is not passed over", (text) => {
  expect(() => stagesIn(text)).toThrow();
});

/** What the build reads: its sources, and what says how they are made into the package. */
const READ_BY_THE_BUILD = [
  ".npmrc",
  "docker/build.sh",
  "harness",
  "package-lock.json",
  "package.json",
  "scenarios",
  "scripts",
  "src",
  "tsconfig.base.json",
  "tsconfig.build.json",
];

test("the image copies all that the build reads", async () => {
  const text = await readFile(new URL("../../docker/idp.Dockerfile", import.meta.url), "utf8");
  const [build] = stagesIn(text);
  const copied = build?.steps.flatMap((step) => (step.kind === "copy" ? step.sources : [])) ?? [];
  expect(copied.toSorted()).toEqual(READ_BY_THE_BUILD);
});
