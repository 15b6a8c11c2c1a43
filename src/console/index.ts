export { consoleLink } from '../standardization/signed-link.ts'
export { consoleRoutes } from './console-routes.tsx'
