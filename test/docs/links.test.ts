import { existsSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { allPages, type Page, ROOT } from "./pages-by-hand.ts";

const pages = await allPages();

/** The anchors of a page, made of its headings as GitHub makes them. */
function anchorsOf({ text }: Page): ReadonlySet<string> {
  const anchors = new Set<string>();
  const prose = text.replace(/^ *```[^]*?^ *```$/gm, "");
  for (const [, heading = ""] of prose.matchAll(/^#+ (.+)$/gm)) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
      .replaceAll(" ", "-");
    const same = [...anchors].filter((one) => one === slug || one.startsWith(`${slug}-again-`)).length;
    anchors.add(same === 0 ? slug : `${slug}-again-${same}`);
  }
  return anchors;
}

const anchors = new Map(pages.map((page) => [page.path, anchorsOf(page)]));

function linksOf({ text }: Page): readonly string[] {
  const prose = text.replace(/^ *```[^]*?^ *```$/gm, "").replace(/`[^`\n]*`/g, "");
  return [...new Set([...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link))].filter(
    (link) => !/^[a-z]+:/.test(link),
  );
}

/** What a link of a page leads to, as a path in the tree. */
function goalOf({ path }: Page, link: string): readonly [file: string, anchor: string | undefined] {
  const [file = "", anchor] = link.split("#");
  return [file === "" ? path : posix.normalize(posix.join(posix.dirname(path), file)), anchor];
}

function isBroken(page: Page, link: string): boolean {
  const [file, anchor] = goalOf(page, link);
  if (!existsSync(new URL(file, ROOT))) return true;
  return anchor !== undefined && anchors.get(file)?.has(anchor) !== true;
}

describe.each(pages)("$path", (page) => {
  test("every link leads somewhere, every anchor to a heading", () => {
    expect(linksOf(page).filter((link) => isBroken(page, link))).toEqual([]);
  });
});

test("the README leads to every page", () => {
  const [readme] = pages;
  const led = readme === undefined ? [] : linksOf(readme).map((link) => goalOf(readme, link)[0]);
  expect(led).toEqual(expect.arrayContaining(pages.slice(1).map(({ path }) => path)));
});
