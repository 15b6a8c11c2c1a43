import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checklistOf,
  composedRefs,
  contradicted,
  profileGroups,
  type SiteFacts,
} from '../../src/checklist/checklist.ts'
import { library, today } from './support.ts'

const askedOf = (site: SiteFacts) => checklistOf(library, composedRefs(library, site, today)).items.map(({ id }) => id)

describe('nobody is asked of what they were offered and did not tick', () => {
  test.for<[industry: string, ticked: string[], fact: string, items: string[]]>([
    ['machinery', ['forklifts'], 'cranes', ['craneDevices']],
    ['machinery', ['cranes'], 'forklifts', ['forkliftBrakes']],
    ['machinery', ['forklifts'], 'pressureVessels', ['safetyValves']],
    ['machinery', ['wetElectrics'], 'substation', ['substationKept']],
    ['light-industry', ['woodSanders'], 'dustCrushers', ['trampRemover']],
    ['light-industry', ['dustCrushers'], 'woodSanders', ['sanderSpark']],
    ['commerce', ['charging'], 'forklifts', ['forkliftCharging']],
  ])('%s with %j is asked without %s nothing of %j', ([industry, ticked, fact, items]) => {
    const ofIt = (asked: string[]) => asked.filter((id) => items.some((each) => id.startsWith(each)))
    expect(ofIt(askedOf({ industry, facts: ticked }))).toEqual([])
    expect(ofIt(askedOf({ industry, facts: [...ticked, fact] }))).not.toEqual([])
  })

  test('few know what their paint is thinned with, so whoever paints is asked', () => {
    expect(askedOf({ industry: 'machinery', facts: ['sprayPainting'] })).toContain('paintGasAlarmFitted')
  })

  test('what hangs on an item that is left out is left out with it', () => {
    fc.assert(
      fc.property(anySite, (site) => {
        const { items } = checklistOf(library, composedRefs(library, site, today))
        items.forEach(({ askWhen }, position) => {
          if (askWhen) expect(items.slice(0, position).map(({ id }) => id)).toContain(askWhen.item)
        })
      }),
    )
  })

  test('every item that is asked of a fact was offered it and ticked it, or is asked anyway', () => {
    fc.assert(
      fc.property(anySite, (site) => {
        const offered = profileGroups(library.siteProfile, site.industry).flatMap(({ facts }) => facts)
        for (const { notApplicable } of checklistOf(library, composedRefs(library, site, today)).items) {
          const fact = offered.find(({ id }) => id === notApplicable?.fact)
          if (fact) expect(fact.askedAnyway || site.facts.includes(fact.id)).toBe(true)
        }
      }),
    )
  })

  test('to tick one thing more takes no question away that kills, that nothing covers, or that a list cannot spare', () => {
    fc.assert(
      fc.property(anySite, fc.nat(), (site, pick) => {
        const offered = profileGroups(library.siteProfile, site.industry).flatMap(({ facts }) => facts)
        const more = offered[pick % offered.length]?.id ?? ''
        const asked = askedOf({ ...site, facts: [...site.facts, more] })
        const gone = askedOf(site).filter((id) => !asked.includes(id))
        expect(gone.filter((id) => !isSpare(id) && !coversOf(id).some((other) => asked.includes(other)))).toEqual([])
      }),
    )
  })
})

describe('what the record says cannot apply', () => {
  const lithium = (headcount?: number): SiteFacts => ({
    industry: 'lithium-battery',
    facts: [],
    ...(headcount !== undefined && { headcount }),
  })

  test.for<[headcount: number | undefined, isAsked: boolean]>([
    [undefined, true],
    [20, false],
    [49, false],
    [50, true],
    [300, true],
  ])('of %s people in a lithium battery works the safety director is asked about: %s', ([headcount, isAsked]) => {
    expect(askedOf(lithium(headcount)).includes('safetyDirector')).toBe(isAsked)
  })

  test.for<[said: string, item: string, site: SiteFacts, by: 'fact' | 'headcount' | undefined]>([
    ['没有叉车, though forklifts are ticked', 'forkliftBrakesWorking', withFacts('forklifts'), 'fact'],
    ['没有油性漆, which nobody ticked', 'paintGasAlarmFitted', withFacts('sprayPainting'), undefined],
    ['油性漆 was ticked', 'paintGasAlarmFitted', withFacts('solventPaint'), 'fact'],
    ['80 people are 50 or more', 'managersAssessed', { ...withFacts(), headcount: 80 }, 'headcount'],
    ['exactly 50', 'managersAssessed', { ...withFacts(), headcount: 50 }, 'headcount'],
    ['nobody knows how many', 'managersAssessed', withFacts(), undefined],
  ])('%s', ([, itemId, site, by]) => {
    const item = checklistOf(library, composedRefs(library, site, today)).items.find(({ id }) => id === itemId)
    if (!item) throw new Error(`${itemId} is not asked`)
    expect(contradicted(item, site)).toBe(by)
  })
})

function withFacts(...facts: string[]): SiteFacts {
  return { industry: 'machinery', facts }
}

const everyItem = [...library.published.values()].flatMap(({ items }) => items)
const isSpare = (id: string) => everyItem.some((item) => item.id === id && item.spare)
const coversOf = (id: string) => everyItem.find((item) => item.id === id)?.coveredBy ?? []

const anySite: fc.Arbitrary<SiteFacts> = fc
  .constantFrom(...library.industries.industries.map(({ id }) => id))
  .chain((industry) =>
    fc.record({
      industry: fc.constant(industry),
      facts: fc.subarray(
        profileGroups(library.siteProfile, industry).flatMap(({ facts }) => facts.map(({ id }) => id)),
      ),
      headcount: fc.integer({ min: 1, max: 400 }),
    }),
  )
