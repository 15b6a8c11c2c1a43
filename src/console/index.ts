export { consoleLink } from '../standardization/signed-link.ts'
export { consoleRoutes } from './console-routes.tsx'
export { publicPages } from './public-pages.tsx'
