import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * A page that the hub serves to people without the app: `vite build src/web/<page> --outDir out/web/<page>`. Its addresses are
 * relative, since the page lies below a path of the hub, and a hub below a path of a proxy.
 */
export default defineConfig({
  base: './',
  publicDir: false,
  plugins: [react()],
  build: {
    minify: true,
    emptyOutDir: true,
    // Call centers have old machines: Chrome 109 is the last one for Windows 7.
    target: ['chrome94', 'edge94', 'firefox102', 'safari15.4'],
    // Nothing inline: the content security policy allows neither inline scripts nor data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
