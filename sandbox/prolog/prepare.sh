swipl -f none --no-packs -g "use_module(driver, []), sandbox_driver:save('driver.state')" -t halt
