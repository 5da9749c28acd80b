import { createTheme, Drawer, Modal, Tooltip } from '@mantine/core'

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
    Modal: Modal.extend({ defaultProps: { lockScroll: false, overlayProps: { backgroundOpacity: 0.4 }, transitionProps: { transition: 'fade', duration: 140 } } }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: false, events: { hover: true, focus: true, touch: true } } }),
  },
})
