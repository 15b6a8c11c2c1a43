import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/** A real browser that comes with the packages, with a font for Chinese. */
export async function launchedBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    // A browser of a single process ends with the first page that is closed.
    args: [
      ...chromium.args.filter((arg) => arg !== '--single-process'),
      '--no-sandbox',
      '--disable-background-networking',
    ],
    env: { ...process.env, FONTCONFIG_FILE: fontConfiguration() },
  })
}

function fontConfiguration(): string {
  const fonts = join(new URL('../..', import.meta.url).pathname, 'node_modules/@embedpdf/fonts-sc/fonts')
  const folder = join(tmpdir(), 'anbiao-fonts')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'fonts.conf')
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${folder}</cachedir></fontconfig>`,
  )
  return file
}
