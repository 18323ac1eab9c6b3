"""Softer checks of a filled 核查表 (DOMAIN §2.5): what does not fit together, and may still be so."""

from backend.codebook.base import LabelEnum


class SoftCheck(LabelEnum):
    """The label says what does not fit, to whoever filled the form."""

    SAME_SEX_COUPLE = "same_sex_couple", "户主和配偶的证号是同一个性别"
    ABLE_WITHOUT_LABOUR = "able_without_labour", "16到59岁、健康、没上学，却是弱劳动力或没有劳动力"
    NO_LABOUR_EARNS = "no_labour_earns", "没有劳动力，却有务工收入"
    DISABILITY_OF_NOBODY = "disability_of_nobody", "选了因残，家里没有人有残疾"
    SCHOOLING_OF_NOBODY = "schooling_of_nobody", "选了因学，家里没有人上学"
    JOB_OF_NOBODY = "job_of_nobody", "选了因务工不稳，没有人能干活或没有填务工收入"
    HOUSING_OF_GOOD_HOUSE = "housing_of_good_house", "选了因安全住房，住房等级是A级或B级"
    WATER_OF_GOOD_WATER = "water_of_good_water", "选了因安全饮水，饮水四项都达标"
    UNINSURED_NO_ILLNESS = "uninsured_no_illness", "有人没参保，风险里没有因病"
    TINY_WAGES = "tiny_wages", "一年的工资不到100元"
    DIBAO_WITHOUT_TRANSFER = "dibao_without_transfer", "在享低保，补贴、养老金一笔都没有"
    CHILD_WITHOUT_SCHOOL = "child_without_school", "6到15岁，没写在哪上学"
    WAGES_WITHOUT_MONTHS = "wages_without_months", "务工收入没写干了几个月"
    PLACE_OR_MONTHS = "place_or_months", "在外务工的地方和月数只写了一样"
    EDUCATION_TWICE = "education_twice", "在上学，又写了文化程度"
    CARD_DIFFERS = "card_differs", "残疾证号和身份证号不是同一个人的"
    INCOME_CHANGED = "income_changed", "收入和申报时说的差了一半以上"
    DROPOUTS_DIFFER = "dropouts_differ", "该上学没上的人数和家庭成员里写的不一样"
    UNINSURED_DIFFER = "uninsured_differ", "没参医保的人数和家庭成员里写的不一样"
    MORE_THAN_REGISTERED = "more_than_registered", "家庭成员比户籍人口多"
    PHONE_DIGITS = "phone_digits", "电话不是11位"
    SIZE_DIFFERS = "size_differs", "一起生活的人数和申报的不一样"
    OLD_WITHOUT_PENSION = "old_without_pension", "满60岁，没写养老金"
    PHOTOS_FAR = "photos_far", "入户时间和拍照的时间差了两个多小时"
