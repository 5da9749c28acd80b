import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import mantine from 'postcss-preset-mantine'
import type { Plugin } from 'vite'

const source = (path: string): string => resolve(import.meta.dirname, 'src', path)

/** electron-vite writes relative addresses, for file://. app:// and 127.0.0.1 serve the page at the root, and a deep link must find its scripts. */
const serveAtRoot: Plugin = { name: 'serve-at-root', config: () => ({ base: '/' }) }

/**
 * Three bundles: out/main (ESM, every process and worker that runs on Node), out/preload (CommonJS, as a sandboxed
 * preload must be), out/renderer (the one page that the desktop shell and the browser edition both serve).
 */
export default defineConfig({
  main: {
    build: {
      // Kysely is many small modules: bundled, it costs the start a tenth of a second less.
      externalizeDeps: { exclude: ['kysely'] },
      sourcemap: true,
      rolldownOptions: {
        input: {
          'start-desktop': source('desktop/main/start-desktop.ts'),
          'start-replica-process': source('desktop/main/start-replica-process.ts'),
          'start-command-line': source('command-line/start-command-line.ts'),
          'table-worker': source('replica/tables/read/table-worker.ts'),
          'scrub-worker': source('replica/store/scrub-worker.ts'),
          'integrity-worker': source('storage/integrity-worker.ts'),
          'bootstrap-worker': source('replica/bootstrap/bootstrap-worker.ts'),
        },
        // Beside the entries, so that new URL('./table-worker.js', import.meta.url) means the same in a shared chunk.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can require nothing but Electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { 'start-preload': source('desktop/preload/start-preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: source('renderer'),
    publicDir: false,
    plugins: [react(), serveAtRoot],
    css: { postcss: { plugins: [mantine()] } },
    build: {
      minify: true,
      // The browser edition serves the same files to whatever browser the user has, so not the target of one Electron.
      target: 'es2022',
      // Nothing inline: the content security policy allows neither inline scripts nor data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: source('renderer/index.html') },
    },
  },
})
