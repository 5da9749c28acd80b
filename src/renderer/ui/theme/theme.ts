import { createTheme, Drawer, Modal, Tooltip } from '@mantine/core'

// A `header` element outside of an article or section would be a page banner; the header of a dialog is not one.
const attributes = { header: { role: 'presentation' } }

/**
 * The Mantine theme. Colours, type and sizes are in tokens.css, so that no style is injected and the content security policy needs no
 * exception. For the same reason nothing locks page scrolling.
 */
export const theme = createTheme({
  primaryColor: 'teal',
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // Dialogs close without a transition: a fading dialog would still receive the next key.
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
