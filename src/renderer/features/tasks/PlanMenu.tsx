import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { ApplyPlan } from './use-apply-plan.ts'

/** All plans, each with what starting it now would add. */
export function PlanMenu({ plans, others = false }: { plans: ApplyPlan; /** Only those made for other types. */ others?: boolean }) {
  const { t } = useTranslation('tasks')
  const navigate = useNavigate()
  const shown = plans.offers.filter((offer) => !others || !offer.fits)
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
          {t(others ? 'plan.others' : 'plan.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {plans.barred !== null && <Menu.Label>{plans.barred}</Menu.Label>}
        {shown.map((offer) => (
          <Menu.Item key={offer.plan.id} disabled={plans.barred !== null || offer.missing === 0} onClick={() => plans.apply(offer)}>
            {t(offer.missing === 0 ? 'plan.whole' : offer.started ? 'plan.rest' : 'plan.offer', {
              title: plans.titleOf(offer),
              count: offer.missing,
            })}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void navigate('/plans')}>{t('plan.edit')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
