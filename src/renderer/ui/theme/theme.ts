import { createTheme, Drawer, Modal, Tooltip } from '@mantine/core'

// The header of a dialog is no banner of the page, which an element `header` outside of an article or section would be.
const attributes = { header: { role: 'presentation' } }

/**
 * Mantine as Stormroom uses it. Colours, type and measures are in tokens.css, so that no style has to be injected and the
 * page's content security policy needs no exception. For the same reason nothing here locks the scrolling of the page.
 */
export const theme = createTheme({
  primaryColor: 'teal',
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // A dialog is gone at once when it closes: while it fades it would still take the next key.
    Modal: Modal.extend({
      defaultProps: {
        attributes,
        lockScroll: false,
        overlayProps: { backgroundOpacity: 0.4 },
        transitionProps: { transition: 'fade', duration: 140, exitDuration: 0 },
      },
    }),
    Drawer: Drawer.extend({ defaultProps: { attributes, lockScroll: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: false, events: { hover: true, focus: true, touch: true } } }),
  },
})
