import { resolve } from 'node:path'
import { type Finding, findingsOf } from './finding.ts'
import * as house from './house-checks.ts'
import { wecomFindings } from './wecom-checks.ts'

/** Looks at everything the house stands on; a check that needs what another found broken is left out. Changes nothing. */
export async function diagnosis(
  environment: Readonly<Record<string, string | undefined>>,
  clock: () => Date,
): Promise<Finding[]> {
  const { value: config, findings: configured } = house.configuration(environment)
  const dataDir = resolve(config?.DATA_DIR ?? (environment.DATA_DIR || 'data'))
  const { value: content, findings: loaded } = house.content(config?.POLICY ?? 'shenzhen-trial')
  const found = [
    ...configured,
    ...loaded,
    ...(content ? house.calendar(content, clock()) : []),
    ...(await house.dataDirectory(dataDir)),
  ]
  if (!config) return found

  const { value: database, findings: opened } = await house.database(config, dataDir)
  found.push(...opened)
  if (database) {
    found.push(...(await house.channel(database, config)))
    found.push(...(await house.rows(database, clock())))
    // With the simulator npm start brings its own.
    if (content && config.wecom) found.push(...(await house.regulators(database, content)))
    await database.close()
  }
  const { wecom, PUBLIC_URL } = config
  if (!wecom || !PUBLIC_URL) return [...found, simulated]
  return [...found, ...(await wecomFindings(wecom, PUBLIC_URL, clock))]
}

const simulated = findingsOf('WeCom').ok('WECOM_* is not set: npm start uses the simulator, nothing is checked here')
