// Checks that any page can be put to: accessibility, width, weight, pictures.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { expect, type Page } from "@playwright/test";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

type Violation = { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] };

/** WCAG 2.2 AA as far as a machine sees it. */
export async function axe(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async (tags) => {
    const axe = (globalThis as unknown as { axe: { run: (context: Document, options: object) => Promise<{ violations: Violation[] }> } }).axe;
    return (await axe.run(document, { runOnly: { type: "tag", values: tags } })).violations;
  }, TAGS);
  const told = violations.map(
    (violation) => `${violation.id}: ${violation.help}\n${violation.nodes.map((node) => `    ${String(node.target)}: ${node.failureSummary ?? ""}`).join("\n")}`,
  );
  expect(told, page.url()).toEqual([]);
}

/** Nothing has to be scrolled sideways; what sticks out is named. */
export async function fitsInWidth(page: Page): Promise<void> {
  const outside = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1);
    return [`${root.scrollWidth} of ${root.clientWidth} px`, ...wide.slice(0, 5).map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}">`)];
  });
  expect(outside, page.url()).toEqual([]);
}

/** What can be pressed has at least this many pixels each way; links inside sentences are excepted, as WCAG does. */
export async function targetsAreLarge(page: Page, pixels: number): Promise<void> {
  const small = await page.evaluate((pixels) => {
    const places = ["main", ".till-bar", "dialog[open]"].flatMap((place) => ["button", "input:not([type=hidden], [type=checkbox])", "summary", "a.button", "label.tick"].map((kind) => `${place} ${kind}`));
    const pressed = [...document.querySelectorAll<HTMLElement>(places.join())];
    return pressed
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .map((element) => ({ name: element.textContent?.trim() || element.getAttribute("aria-label") || element.id, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < pixels - 0.5 || box.width < pixels - 0.5))
      .map(({ name, box }) => `${name}: ${Math.round(box.width)} × ${Math.round(box.height)}`);
  }, pixels);
  expect(small, page.url()).toEqual([]);
}

/** Nothing that is pressed lies under something else. */
export async function nothingIsCovered(page: Page): Promise<void> {
  const covered = await page.evaluate(() => {
    const pressed = [...document.querySelectorAll<HTMLElement>("trei-till button, trei-till a, trei-till summary, trei-till input:not([type=hidden])")];
    return pressed.filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("dialog, .menu-list")).flatMap((element) => {
      element.scrollIntoView({ block: "center" });
      const box = element.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      const name = `${element.textContent?.trim() || element.getAttribute("aria-label") || element.id}`;
      return top && (element.contains(top) || top.contains(element) || top.closest("label")?.contains(element)) ? [] : [`${name} under <${top?.tagName.toLowerCase() ?? "nothing"} class="${top?.className ?? ""}">`];
    });
  });
  expect(covered, page.url()).toEqual([]);
}

/** Bytes over the wire for all that `visit` asks for. */
export async function weight(page: Page, visit: () => Promise<void>): Promise<{ total: number; told: string[] }> {
  const protocol = await page.context().newCDPSession(page);
  const names = new Map<string, string>();
  const bytes = new Map<string, number>();
  protocol.on("Network.requestWillBeSent", ({ requestId, request }) => names.set(requestId, new URL(request.url).pathname));
  protocol.on("Network.dataReceived", ({ requestId, encodedDataLength }) => bytes.set(requestId, (bytes.get(requestId) ?? 0) + encodedDataLength));
  protocol.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => bytes.set(requestId, encodedDataLength));
  await protocol.send("Network.enable");
  await visit();
  await page.waitForLoadState("load");
  await page.evaluate(() => document.fonts.ready);
  const told = [...bytes].map(([id, size]) => `${size} ${names.get(id) ?? id}`);
  return { total: [...bytes.values()].reduce((sum, size) => sum + size, 0), told };
}

/** Renews a picture of two pages on one table, the larger left, when asked to. */
export async function pictureOfBoth(table: Page, left: Page, right: Page, name: string): Promise<void> {
  if (process.env.UPDATE_PICTURES !== "1") return;
  const image = async (page: Page) => (await page.screenshot({ animations: "disabled", caret: "hide" })).toString("base64");
  const tag = async (page: Page, width: number) =>
    `<img style="width:${width}px;border-radius:14px;box-shadow:0 2px 18px #0002" src="data:image/png;base64,${await image(page)}">`;
  await table.setViewportSize({ width: 1024, height: 600 });
  await table.setContent(
    `<body style="margin:0;height:600px;display:flex;gap:32px;align-items:center;justify-content:center;background:#e9e6df">${await tag(left, 690)}${await tag(right, 242)}`,
  );
  await picture(table, name);
}

/** Renews a picture of the documentation, when asked to. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.UPDATE_PICTURES !== "1") return;
  const path = resolve(import.meta.dirname, `../docs/pictures/${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
}
