import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeProtectedHeader } from "jose";
import { expect, test } from "vitest";
import { forgetKeys, prepareKeyFolder } from "../../../../harness/idp/store/kept-files.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import type { StartIdpOptions } from "../../../../harness/idp/start-options.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const OPTIONS: StartIdpOptions = { https: true, externalUrl: "https://127.0.0.1:4443" };

/** Everything that an app may hold of an IdP. */
async function held(options: StartIdpOptions) {
  await using idp = await startIdp({ ...OPTIONS, ...options });
  const { artifact } = await idp.issue(
    { channel: "oidc", profile: "password-and-otp", key: "stranger" },
    { user: "agent@partner.example", audience: "portal" },
  );
  const { jwks, eamJwks, samlCertificate } = idp.trust;
  const { kid } = decodeProtectedHeader(artifact);
  return { kid, jwks, eamJwks, samlCertificate, authority: idp.caCertificate };
}

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8).padStart(4, "0");
}

const folderOf = async () => {
  const temporary = await temporaryFolder();
  return { ...temporary, folder: join(temporary.path, ".mfa-harness") };
};

test("what an app holds is the same after another start, and another one's without the folder", async () => {
  await using place = await folderOf();
  const first = await held({ stateFolder: place.folder });
  const again = await held({ stateFolder: place.folder });
  const fresh = await held({});
  expect(again).toEqual(first);
  expect(fresh.samlCertificate).not.toBe(first.samlCertificate);
  expect(fresh.authority).not.toBe(first.authority);
  await forgetKeys(place.folder);
  expect((await held({ stateFolder: place.folder })).authority).not.toBe(first.authority);
});

test("of many who start at once all have the same keys", async () => {
  await using place = await folderOf();
  const all = await Promise.all(Array.from({ length: 4 }, () => held({ stateFolder: place.folder })));
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
  expect((await readdir(join(place.folder, "keys"))).filter((name) => !name.endsWith(".json"))).toEqual([]);
});

test("the folder is its owner's alone, and no repository's", async () => {
  await using place = await folderOf();
  await held({ stateFolder: place.folder });
  await chmod(join(place.folder, "keys/published.json"), 0o644);
  await held({ stateFolder: place.folder });
  const names = await readdir(join(place.folder, "keys"));
  const files = await Promise.all(names.map(async (name) => await modeOf(join(place.folder, "keys", name))));
  expect(await Promise.all([place.folder, join(place.folder, "keys")].map(modeOf))).toEqual(["0700", "0700"]);
  expect(new Set(files)).toEqual(new Set(["0600"]));
  expect(await readFile(join(place.folder, ".gitignore"), "utf8")).toBe("*\n");
});

const OTHER_KIND = JSON.stringify({ version: 1, value: { privateKey: "no key" } });

test.each([
  { file: "keys/published.json", text: "{", says: "keys/published.json: it is no JSON" },
  {
    file: "keys/weak.json",
    text: "[]",
    says: 'keys/weak.json: expected an object with "version" and "value"',
  },
  { file: "keys/ec.json", text: '{"version":2,"value":1}', says: "keys/ec.json: it is of version 2" },
  { file: "keys/ed.json", text: '{"version":1,"value":1}', says: 'keys/ed.json: it holds no "ed"' },
  { file: "keys/next.json", text: OTHER_KIND, says: 'the key "next": it is no private key' },
  { file: "keys/began.json", text: '{"version":1,"value":"now"}', says: 'began.json: it holds no "began"' },
])("$file that holds $text is told at the start", async ({ file, text, says }) => {
  await using place = await folderOf();
  await prepareKeyFolder(place.folder);
  await writeFile(join(place.folder, file), text);
  const start = startIdp({ stateFolder: place.folder });
  await expect(start).rejects.toMatchObject({ code: "ERR_KEYS_UNREADABLE" });
  await expect(start).rejects.toThrow(says);
  // Nothing that is there is overwritten.
  expect(await readFile(join(place.folder, file), "utf8")).toBe(text);
});

test("a file in the folder's place is told", async () => {
  await using place = await temporaryFolder({ ".mfa-harness": "mine" });
  const start = startIdp({ stateFolder: join(place.path, ".mfa-harness") });
  await expect(start).rejects.toThrow(".mfa-harness: it is no folder");
});

test("a key of another type is told", async () => {
  await using place = await folderOf();
  await held({ stateFolder: place.folder });
  const keys = join(place.folder, "keys");
  await writeFile(join(keys, "published.json"), await readFile(join(keys, "ec.json"), "utf8"));
  await expect(startIdp({ stateFolder: place.folder })).rejects.toThrow(
    'the key "published": expected one of rsa',
  );
});

/** Nobody may write there, not even root. */
const READ_ONLY = "/sys/mfa-harness-test";

test.runIf(process.platform === "linux")("where nothing can be written, the caller is told why", async () => {
  expect(await prepareKeyFolder(READ_ONLY)).toMatch(/^E(PERM|ACCES|ROFS)$/);
  await expect(startIdp({ stateFolder: READ_ONLY })).rejects.toThrow("it cannot be written");
});
